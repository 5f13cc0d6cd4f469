"""The reader: a report's text into its record, one component a module (see `pipeline`)."""
