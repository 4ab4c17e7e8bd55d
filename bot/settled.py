"""Settles Python: it looks for garbage only among what comes and goes, and while serving threads take turns quickly."""

import atexit
import gc
import sys

ALLOCATED = 10_000  # objects that come and go before garbage is looked for: a few turns' worth
OLDER = 20  # times before the older ones are looked at as well
TURN_ABOUT = 0.0005  # seconds


def begin() -> None:
    """Look for garbage seldom, and not at all at the very end. Called before the program is imported.

    What imports make is there to stay. By itself Python goes through it three hundred times while it imports, and again
    when it ends, though all memory is given back then: a quarter of what a short command takes.
    """
    gc.set_threshold(ALLOCATED, OLDER, OLDER)
    atexit.register(gc.freeze)


def settle() -> None:
    """Count all that is there by now - packs, phrases, statements - among what stays. Called when all has opened.

    Else Python goes through all of it again and again, and a turn takes a fifth longer. The thread that writes lets
    the interpreter go at each statement, and would wait ten times as long to have it back from a busy event loop.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATED, OLDER, OLDER)
    sys.setswitchinterval(TURN_ABOUT)
