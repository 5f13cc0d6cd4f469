"""Coded reports, the reader's readings of them, and how well the two agree."""
