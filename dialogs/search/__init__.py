"""Finding what somebody is looking for among many records, by words."""
