"""Lets Python look for garbage only among what comes and goes, not among what stays: packs, phrases, statements.

Else it goes through all of it again and again, and a turn takes a fifth longer.
"""

import gc


def settle() -> None:
    """Count all that is there by now among what stays. Called when the program has opened, or has read what it keeps."""
    gc.collect()
    gc.freeze()
