"""Picks from a menu as a person does: by an option's words, or by what stands for it."""

from collections.abc import Sequence

Option = tuple[str, str]
"""What an option is called, and what is sent for it."""


ALL = ("alla", "all")
"""What people type for every option, where they type."""


class NoSuchFieldError(AssertionError):
    """The form that was shown doesn't have the field, or the menu not the option."""


def known(options: Sequence[Option], text: str) -> int | None:
    """Return the place of the option that reads like *text*, or stands for it."""
    said = text.casefold()
    return next(
        (
            place
            for place, (label, value) in enumerate(options)
            if said in (label.casefold(), value.casefold())
        ),
        None,
    )


def picked(options: Sequence[Option], text: str) -> int:
    found = known(options, text)
    if found is None:
        raise NoSuchFieldError(f"{text!r} is none of {[label for label, _ in options]}")
    return found


def entries(options: Sequence[Option], text: str) -> Sequence[str]:
    """Return the entries of *text*: between semicolons, or commas where those aren't part of an option's name."""
    if known(options, text.strip()) is not None:
        return [text.strip()]
    if text.strip().casefold() in ALL:  # in a menu each is ticked
        return [label for label, _ in options]
    several = [one.strip() for one in text.split(";") if one.strip()]
    return [
        part.strip()
        for one in several
        for part in ([one] if known(options, one) is not None else one.split(","))
    ]


def shared_out(options: Sequence[Option], text: str, *, several: bool) -> tuple[str, str]:
    """Return what the menu has of *text*, and what goes into the input for own words beside it."""
    said = entries(options, text) if several else [text]
    there = [one for one in said if known(options, one) is not None]
    return "; ".join(there), "; ".join(one for one in said if one not in there)
