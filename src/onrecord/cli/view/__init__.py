"""Records for people's eyes: rich texts and tables that also read well as plain text of 80 columns."""
