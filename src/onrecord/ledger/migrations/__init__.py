"""Alembic's revisions of the ledger's tables, shipped with the package."""
