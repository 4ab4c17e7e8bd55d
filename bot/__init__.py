"""Who is talking, when, and how it looks: doors, use cases, command line."""

import os

# Pydantic looks for plugins in the papers of every installed package, which takes a fifth of a start. It has none here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
