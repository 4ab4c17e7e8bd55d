"""What is wrong with a pack, told file by file and line by line."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from dialogs.model.checked_pack import Slip
from dialogs.wording.teller import Speech


def slip_line(speech: Speech, slip: Slip) -> str:
    """Return `line 31, title: what is wrong and what to write instead`; the file is told above it."""
    what = slip.what[speech.language]
    place = [speech.text("pack-slip-line", n=slip.line)] if slip.line else []
    place += [slip.field] if slip.field else []
    return f"{', '.join(place)}: {what}" if place else what


def as_text(speech: Speech, slips: Iterable[Slip]) -> str:
    """Return all of them as plain text, the files as headings."""
    return "\n".join(_lines(speech, slips)) + "\n"


def _lines(speech: Speech, slips: Iterable[Slip]) -> Iterator[str]:
    for number, (file, of_file) in enumerate(groupby(slips, key=lambda one: one.file)):
        yield from ("", file) if number else (file,)
        yield from (f"- {slip_line(speech, one)}" for one in of_file)
