"""The codebook's word lists as data files, with their loaders."""
