"""Writes the parts of docs/reference/ that are told by data: words of the conversation, command line, pack format.

`python -m tools.reference` writes them, `--check` says which are out of date. What stands above the mark in a page is
written by hand and stays.
"""
