"""The models of a pack's files, and so the JSON Schema that authors get."""
