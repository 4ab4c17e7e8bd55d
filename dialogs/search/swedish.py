"""Swedish endings that Snowball's stemmer leaves: mostly of the definite form, and where a word loses its e."""

import re

SHORTEST = 3  # letters that have to be left

# Taken off, or made into what stands beside it: the first that is there. How many letters have to stand before it keeps
# short words whole: plan, barn and lån have no ending.
_ENDINGS = tuple(
    (re.compile(ending), instead)
    for ending, instead in (
        (r"(?<=....)et$", ""),  # larmet, svinnet
        (r"(?<=...[aiouyåäöé])n$", ""),  # klockan, menyn, miljön, frånvaron
        (r"([mn])\1$", r"\1"),  # rummet: rum
        (r"(?<=...)orn$", "or"),  # rektorn
        (r"([aeiouyåäö][bcdfgkmnprstvx]+)eln?$", r"\1l"),  # nyckel: nycklar
        (r"(?<=..[bdfgkmnpstv])r$", ""),  # fönstret: fönster
        (r"(?<=...[bdfgkmpstv])n$", ""),  # vattnet: vatten
        (r"(?<=..[aeiouyåäö][lrnvgm])t$", ""),  # svårt: svår
        (r"(?<=...)um$", ""),  # museet: museum
        (r"(?<=...)(?<!tid)ning$|(?<=....)ing$", ""),  # bokning: boka; a tidning is no tid
    )
)


def further(stem: str) -> str:
    """Return the stem without one more ending; the stem itself where it has none."""
    for ending, instead in _ENDINGS:
        less = ending.sub(instead, stem)
        if less != stem and len(less) >= SHORTEST:
            return less
    return stem
