"""``metodcoach pack rehearse``: a year with a method, by people who don't exist; every message that anybody would get."""

from pathlib import Path

from bot.call import Call
from bot.rehearsing.played import play
from bot.rehearsing.told import as_lines
from bot.usecases.rehearsing import YEARS
from content.loader import Loaded


def rehearse(call: Call, loaded: Loaded, year: int, to: Path | None, *, overwrite: bool) -> None:
    """Play the year and print it, or write it as a page to *to*."""
    if year not in YEARS:
        call.refuse("rehearse-year", year=year, first=YEARS[0], last=YEARS[-1], wrong_use=True)
    if not loaded.pack.manifest.method:
        call.refuse("rehearse-no-method", id=loaded.pack.id)
    if to is not None and to.exists() and not overwrite:
        call.refuse("pack-draw-exists", file=to)
    language = call.chosen or loaded.pack.manifest.languages[0]
    played = play(loaded, year, language)
    if to is None:
        call.print(played.title)
        for line in as_lines(played.heard, language):
            call.print(line)
        call.print("")
    else:
        try:
            to.write_text(played.page(language), encoding="utf-8")
        except OSError as error:
            call.refuse("pack-draw-unwritable", file=to, error=error.strerror or type(error).__name__)
        call.say("rehearse-written", file=to, n=len(played.heard))
    if played.stuck:
        call.say("rehearse-stuck", n=len(played.stuck), questions=" · ".join(played.stuck))
