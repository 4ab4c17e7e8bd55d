"""The moves: a pack, a journey and an event make the next journey and its effects."""
