"""The nouns of a journey, as frozen values."""
