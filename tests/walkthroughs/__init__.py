"""Every walkthrough of the built-in packs, played as written."""
