"""Files that are handed out and taken in: asked for, made, linked to, read."""
