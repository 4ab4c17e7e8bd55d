"""Tests of what is asked: packs, their checks and the phrasebook."""
