"""``metodcoach pack rehearse``: a year with a method, by people who don't exist; every message that anybody would get."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.call import Call
from bot.rehearsing.told import as_lines, as_page
from bot.rehearsing.year import Heard, RehearsedYear
from content.loader import Loaded

YEARS = range(2020, 2100)


def rehearse(call: Call, loaded: Loaded, year: int, to: Path | None, *, overwrite: bool) -> None:
    """Play the year and print it, or write it as a page to *to*."""
    if year not in YEARS:
        call.refuse("rehearse-year", year=year, first=YEARS[0], last=YEARS[-1], wrong_use=True)
    if not loaded.pack.manifest.method:
        call.refuse("rehearse-no-method", id=loaded.pack.id)
    if to is not None and to.exists() and not overwrite:
        call.refuse("pack-draw-exists", file=to)
    heard: list[Heard] = []
    language = call.chosen or loaded.pack.manifest.languages[0]
    with TemporaryDirectory(prefix="metodcoach-rehearse-") as folder:
        played = RehearsedYear(loaded, year, language, Path(folder), heard.append)
        played.play()
    title = call.text("rehearse-title", method=loaded.pack.manifest.title.said_in(language), year=year)
    if to is None:
        call.print(title)
        for line in as_lines(heard, language):
            call.print(line)
        call.print("")
    else:
        try:
            to.write_text(as_page(heard, title, language), encoding="utf-8")
        except OSError as error:
            call.refuse("pack-draw-unwritable", file=to, error=error.strerror or type(error).__name__)
        call.say("rehearse-written", file=to, n=len(heard))
    if played.stuck:
        call.say("rehearse-stuck", n=len(played.stuck), numbers=", ".join(played.stuck))
