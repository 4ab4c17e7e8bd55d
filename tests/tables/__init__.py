"""Registers in files: read in line by line, written out, listed for the public."""
