"""Makes the bytes of files that are handed out, from what is remembered at that moment, for whoever may read it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import decompress

from bot.apart import NotDone
from bot.documents.making import Papers
from bot.logs import failure
from bot.usecases.feed import feed_of
from bot.usecases.file_kinds import (
    CALENDAR,
    CHARTS,
    DOCUMENTS,
    EXERCISE_SHEET,
    EXERCISE_TEXT,
    IMPACTS,
    INVITATION,
    OWN_DATA,
    PACK_DRAWING,
    PACK_NEW,
    PACK_OUTLINE,
    PACK_SLIPS,
    PACK_YEAR,
    REGISTRAR,
    TABLE_LINES,
    TABLES,
)  # fmt: skip
from bot.usecases.group_charts import chart_of
from bot.usecases.handing_out import may_have
from bot.usecases.impact_seen import groups_seen, impact_for
from bot.usecases.lending import with_lent
from bot.usecases.named_packs import waiting_here, whole_pack
from bot.usecases.own_data import kept_of
from bot.usecases.registrar import lines_of
from content.phrases.book import Phrasebook
from dialogs.files import MOST_BYTES, MakeFile, Recipe
from dialogs.model.borders import NONE, Borders
from dialogs.ports import Clock, PackShelf, UnitOfWork
from dialogs.reports.document_changes import as_it_is, as_registered
from dialogs.reports.documents import document_of
from dialogs.reports.exercise_sheet import OF_STAFF, Sheet, sheet_of, staff_sheet_of
from dialogs.reports.exercise_sheet import as_markdown as sheet_markdown
from dialogs.reports.impact_document import year_said
from dialogs.reports.impact_tables import impact_tables
from dialogs.reports.impact_together import impact_together
from dialogs.reports.invitations import invitations
from dialogs.reports.own_data import as_json as own_as_json
from dialogs.reports.own_data import as_markdown as own_as_markdown
from dialogs.reports.pack_slips import as_text
from dialogs.reports.registrar import as_table, list_about, title_of_list
from dialogs.reports.registrar import as_text as list_as_text
from dialogs.reports.tables import sheets_about
from dialogs.values.asked_document import asked_about
from dialogs.wording.teller import Speech, Teller

log = logging.getLogger(__name__)


Finish = Callable[[], bytes | None]
"""Does the rest of the work, for which nothing has to be read any more."""


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """*language* is spoken where a recipe names none."""

    shelf: PackShelf
    clock: Clock
    book: Phrasebook
    language: str = "sv"
    papers: Papers = field(default_factory=Papers)
    borders: Borders = NONE

    def make(self, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
        """Return the file's bytes, at most ``MOST_BYTES``; None when it can't be made. Only reads; opens *uow* itself."""
        return self.begin(recipe, uow)()

    def begin(self, recipe: Recipe, uow: UnitOfWork) -> Finish:
        """Read what the file is made from, and return what makes it: that takes its time, and reads nothing."""
        make = MAKERS.get(recipe.kind)
        made: bytes | Finish | None = None
        with suppress(KeyError), uow:  # the journey may be gone
            made = make(self, recipe, uow) if make is not None and may_have(recipe, uow) else None
        return partial(_finished, recipe.kind, made)

    def by(self, read: Callable[[Callable[[UnitOfWork], Finish]], Awaitable[Finish]]) -> MakeFile:
        """Return what makes files by *read*, which does its work on a connection that only reads."""

        async def make(recipe: Recipe) -> bytes | None:
            try:
                finish = await read(lambda uow: self.begin(recipe, uow))
                return await asyncio.to_thread(finish)
            except Exception as error:  # noqa: BLE001 - one file's trouble stops no letter
                log.error("a file was not made", extra={"kind": recipe.kind, **failure(error)})
                return None

        return make


def _finished(kind: str, made: bytes | Finish | None) -> bytes | None:
    try:
        content = made() if callable(made) else made
    except NotDone as error:
        log.error("a file was not made", extra={"kind": kind, **failure(error)})
        return None
    if content is not None and len(content) > MOST_BYTES:
        log.error("a file is too large to hand out", extra={"kind": kind, "bytes": len(content)})
        return None
    return content


def _calendar(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from bot.ics import ics  # its library is loaded by whoever writes a calendar

    feed = feed_of(
        recipe.person, recipe.journey, uow=uow, shelf=files.shelf, clock=files.clock, book=files.book,
        language=files.language,
    )  # fmt: skip
    return ics(feed, now=files.clock.now()) if feed is not None else None


def _document(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> Finish | None:
    journey = uow.journeys.whole(recipe.journey)
    pack = files.shelf.pack(journey.pack, journey.version)
    asked = asked_about(recipe.about)
    teller = Teller(files.book, pack, journey, recipe.language or files.language, files.clock.today())
    document = document_of(teller, asked.name)
    if document is None:
        return None
    if asked.version:
        kept = uow.adopted.get(journey.id, document.id, max(asked.version, 0))
        whole = as_registered(teller, kept) if kept is not None else None
    else:
        teller = with_lent(teller, [document], uow=uow, borders=files.borders, person=recipe.person)
        whole = as_it_is(teller, document, uow.adopted.get(journey.id, document.id))
    if whole is None:
        return None
    return partial(files.papers.make, whole, DOCUMENTS[recipe.kind], sources=asked.sources)


def _table(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> Finish | None:
    journey = uow.journeys.whole(recipe.journey)
    pack = files.shelf.pack(journey.pack, journey.version)
    language = recipe.language or files.language
    teller = Teller(files.book, pack, journey, language, files.clock.today())
    tables = sheets_about(teller, recipe.about)
    return partial(files.papers.tables, tables, TABLES[recipe.kind], language) if tables else None


def _chart(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> Finish | None:
    chart = chart_of(
        recipe,
        uow=uow,
        shelf=files.shelf,
        book=files.book,
        language=files.language,
        today=files.clock.today(),
    )
    return partial(files.papers.chart, chart) if chart is not None else None


def _impact(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> Finish | None:
    """Tell of the organisation's groups that the reader may see when the file is made."""
    organisation, _, year = recipe.about.partition(":")
    refs = groups_seen(recipe.person, organisation, uow=uow, shelf=files.shelf)
    if not refs:
        return None
    language, today = recipe.language or files.language, files.clock.today()
    told = impact_for(
        [one.id for one in refs], uow=uow, shelf=files.shelf, book=files.book, language=language, today=today,
        year=year_said(year),
    )  # fmt: skip
    form = IMPACTS[recipe.kind]
    if form == "xlsx" or form == "csv":
        return partial(files.papers.tables, impact_tables(told), form, language)
    return partial(files.papers.make, impact_together(told, made=today), form)


def _sheet(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from bot.sheet_pdf import sheet_pdf

    sheet = _sheet_of(files, recipe, uow)
    return sheet_pdf(sheet) if sheet is not None else None


def _sheet_text(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    sheet = _sheet_of(files, recipe, uow)
    return sheet_markdown(sheet).encode() if sheet is not None else None


def _sheet_of(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> Sheet | None:
    journey = uow.journeys.head(recipe.journey)
    pack = files.shelf.pack(journey.pack, journey.version)
    teller = Teller(files.book, pack, journey, recipe.language or files.language, files.clock.today())
    if recipe.about.startswith(OF_STAFF):
        asked = pack.coverage_of.get(recipe.about.removeprefix(OF_STAFF))
        return staff_sheet_of(teller, asked) if asked is not None and asked.ask is not None else None
    exercise = pack.exercise_of.get(recipe.about)
    return sheet_of(teller, exercise) if exercise is not None else None


def _invitation(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from bot.invitation_file import invitation_file  # its library is loaded by whoever writes a calendar

    journey = uow.journeys.whole(recipe.journey)
    pack = files.shelf.pack(journey.pack, journey.version)
    teller = Teller(files.book, pack, journey, recipe.language or files.language, files.clock.today())
    found = invitations(teller)
    return invitation_file(found, now=files.clock.now()) if found else None


def _drawing(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from content.drawing import as_svg, outline_of  # few ask for one

    pack = whole_pack(recipe.about, recipe.person, uow=uow, now=files.clock.now(), shelf=files.shelf)
    return as_svg(outline_of(pack, recipe.language or files.language)).encode() if pack is not None else None


def _outline(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from content.drawing import as_text as in_words
    from content.drawing import outline_of

    pack = whole_pack(recipe.about, recipe.person, uow=uow, now=files.clock.now(), shelf=files.shelf)
    return (
        in_words(outline_of(pack, recipe.language or files.language)).encode() if pack is not None else None
    )


def _new(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    from content.new_pack import new_pack, title_of

    language = recipe.language or files.language
    made = new_pack(recipe.about, title=title_of(recipe.about), languages=(language,), remarks=language)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as opened:
        for name, text in sorted(made.items()):
            opened.writestr(ZipInfo(f"{recipe.about}/{name}"), text, ZIP_DEFLATED)
    return content.getvalue()


def _slips(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    waiting = waiting_here(recipe.about, recipe.person, uow=uow, now=files.clock.now())
    if waiting is None or not waiting.checked.slips:
        return None
    return as_text(Speech(files.book, recipe.language or files.language), waiting.checked.slips).encode()


def _year(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    kept = uow.pack_jobs.file_of(recipe.about, recipe.person, files.clock.now())
    return decompress(kept) if kept else None


def _table_lines(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    waiting = uow.tables_in_waiting.get(recipe.about, files.clock.now())
    if waiting is None or waiting.person != recipe.person or not waiting.report:
        return None
    return f"{waiting.report}\n".encode()


def _registrar(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | Finish | None:
    organisation, span = list_about(recipe.about)
    language = recipe.language or files.language
    lines = lines_of(
        organisation, span, uow=uow, shelf=files.shelf, book=files.book, language=language, today=files.clock.today()
    )  # fmt: skip
    speech = Speech(files.book, language)
    title, form = title_of_list(speech, uow.organisations.name(organisation), *span), REGISTRAR[recipe.kind]
    if form == "xlsx" or form == "csv":
        return partial(files.papers.tables, [as_table(speech, title, lines)], form, language)
    return list_as_text(speech, title, lines).encode()


def _own_data(files: MadeFiles, recipe: Recipe, uow: UnitOfWork) -> bytes | None:
    speech = Speech(files.book, recipe.language or files.language)
    told = kept_of(
        recipe.person, uow=uow, shelf=files.shelf, book=files.book, clock=files.clock, language=speech.language
    )  # fmt: skip
    if told is None:
        return None
    name, content = speech.text("file-own-data-name"), BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as opened:
        opened.writestr(ZipInfo(f"{name}.md"), own_as_markdown(speech, told), ZIP_DEFLATED)
        opened.writestr(ZipInfo(f"{name}.json"), own_as_json(speech, told), ZIP_DEFLATED)
    return content.getvalue()


Make = Callable[[MadeFiles, Recipe, UnitOfWork], bytes | Finish | None]

MAKERS: Mapping[str, Make] = {
    CALENDAR: _calendar, **dict.fromkeys(DOCUMENTS, _document), **dict.fromkeys(TABLES, _table),
    **dict.fromkeys(IMPACTS, _impact), PACK_DRAWING: _drawing, PACK_SLIPS: _slips, PACK_OUTLINE: _outline, PACK_NEW: _new, PACK_YEAR: _year,
    TABLE_LINES: _table_lines, EXERCISE_SHEET: _sheet, EXERCISE_TEXT: _sheet_text, INVITATION: _invitation,
    **dict.fromkeys(CHARTS.values(), _chart),
    **dict.fromkeys(REGISTRAR, _registrar), OWN_DATA: _own_data,
}  # fmt: skip
