"""Proofs: what must hold whatever happens, tried on the real thing, again and again."""
