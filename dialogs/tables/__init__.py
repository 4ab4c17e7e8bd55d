"""Registers as tables in files: read in row by row, and written out."""
