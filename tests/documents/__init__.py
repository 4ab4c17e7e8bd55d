"""Documents: as values, as files, asked for, adopted."""
