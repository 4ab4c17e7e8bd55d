"""The kinds of files that are handed out: what each is called, and what it is to those who don't see it.

Who makes their bytes stands in `bot/made_files.py`, by the same names.
"""

from collections.abc import Callable, Mapping

from bot.usecases.group_charts import PLAN, STEPS, YEAR, chart_of
from bot.usecases.named_packs import named_pack
from bot.usecases.turn import Turn
from dialogs.files import PICTURE, FileOut, Recipe, file_name
from dialogs.model.pack_job import Rehearsing
from dialogs.reports.chart import Chart, Kind
from dialogs.reports.documents import document_of
from dialogs.reports.exercise_sheet import OF_STAFF
from dialogs.reports.registrar import list_about
from dialogs.reports.tables import title_of_sheets
from dialogs.values.asked_document import Form, TableForm, asked_about
from dialogs.wording.teller import Speech, Teller

CALENDAR = "calendar"
DOCUMENTS: Mapping[str, Form] = {"document-docx": "docx", "document-pdf": "pdf", "document-md": "md"}
"""The kinds of files that a document comes as, the most useful first."""
WORD = next(iter(DOCUMENTS))
TABLES: Mapping[str, TableForm] = {"table-xlsx": "xlsx", "table-csv": "csv"}
"""The kinds that registers come as; a recipe for one says in `about` which: `register:id`, or `document:id` for all of its."""
IMPACTS: Mapping[str, Form | TableForm] = {
    "impact-docx": "docx", "impact-pdf": "pdf", "impact-md": "md", "impact-xlsx": "xlsx", "impact-csv": "csv",
}  # fmt: skip
"""The kinds that an organisation's effects come as; a recipe says in `about` `organisation:year`, the year "" for all."""
PACK_DRAWING, PACK_SLIPS = "pack-drawing", "pack-slips"
PACK_OUTLINE, PACK_NEW, PACK_YEAR = "pack-outline", "pack-new", "pack-year"
TABLE_LINES = "table-lines"
CHARTS: Mapping[Kind, str] = {"steps": STEPS, "plan": PLAN, "year": YEAR}
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXERCISE_SHEET, EXERCISE_TEXT, INVITATION = "exercise-sheet", "exercise-sheet-md", "invitation"

SHEET = next(iter(TABLES))
REGISTRAR: Mapping[str, Form | TableForm] = {
    "registrar-xlsx": "xlsx",
    "registrar-csv": "csv",
    "registrar-md": "md",
}
"""The kinds that a registrar's list comes as; a recipe's `about` says whose it is, and of which days."""
OWN_DATA = "own-data"
"""All that is kept of the person whose the recipe is."""

_MEDIA: Mapping[Form, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
}
_TABLE_MEDIA: Mapping[TableForm, str] = {
    "xlsx": SPREADSHEET,
    "csv": "text/csv",
}
_ANY_MEDIA: Mapping[Form | TableForm, str] = {**dict(_MEDIA.items()), **dict(_TABLE_MEDIA.items())}

Describe = Callable[[Turn, Recipe], FileOut | None]


def described(turn: Turn, recipe: Recipe) -> FileOut | None:
    """Return the file that the recipe makes, its words in the recipe's language; None when there is no such thing."""
    describe = KINDS.get(recipe.kind)
    return describe(turn, recipe) if describe is not None else None


def _calendar(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    whose = turn.uow.journeys.head(recipe.journey).group_name if recipe.journey else turn.person.name
    name = file_name(f"{speech.text('file-calendar-name')} {whose}", "ics")
    return _file(speech, name, "text/calendar", speech.text("file-calendar", whose=whose), recipe)


def _document(turn: Turn, recipe: Recipe) -> FileOut | None:
    asked = asked_about(recipe.about)
    # Of a document about an entry, the title is the entry's too.
    journeys = turn.uow.journeys
    head = journeys.whole(recipe.journey) if ":" in asked.name else journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    document = document_of(teller, asked.name)
    if document is None:
        return None
    form = DOCUMENTS[recipe.kind]
    title = teller.words(document.title)
    told = teller.text(f"file-document-{form}", title=title, group=head.group_name)
    name = file_name(f"{title} {head.group_name} {turn.today}", form)
    return _file(Speech(turn.book, recipe.language), name, _MEDIA[form], told, recipe)


def _table(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    title = title_of_sheets(teller, recipe.about)
    if not title:
        return None
    form = TABLES[recipe.kind]
    told = teller.text(f"file-table-{form}", title=title, group=head.group_name)
    name = file_name(f"{title} {head.group_name} {turn.today}", form)
    return _file(Speech(turn.book, recipe.language), name, _TABLE_MEDIA[form], told, recipe)


def _impact(turn: Turn, recipe: Recipe) -> FileOut | None:
    organisation, _, year = recipe.about.partition(":")
    if organisation not in turn.uow.organisations.of_person(recipe.person):
        return None
    speech = Speech(turn.book, recipe.language)
    whose = turn.uow.organisations.name(organisation)
    title = speech.text("impact-document-year", year=year) if year else speech.text("impact-document")
    form = IMPACTS[recipe.kind]
    name = file_name(f"{title} {whose} {turn.today}", form)
    return _file(speech, name, _ANY_MEDIA[form], speech.text("file-impact", group=whose), recipe)


def _sheet(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    exercise = teller.pack.exercise_of.get(recipe.about)
    of_staff = recipe.about.startswith(OF_STAFF)
    if exercise is None and not of_staff:
        return None
    title = teller.words(exercise.title) if exercise is not None else head.group_name
    ending, media = ("pdf", "application/pdf") if recipe.kind == EXERCISE_SHEET else ("md", "text/markdown")
    name = file_name(f"{teller.text('staff-sheet-name' if of_staff else 'sheet-name')} {title}", ending)
    told = teller.text("file-staff-sheet") if of_staff else teller.text("file-sheet", title=title)
    return _file(Speech(turn.book, recipe.language), name, media, told, recipe)


def _invitation(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    if turn.pack_of(head).manifest.invitations is None:
        return None
    speech = Speech(turn.book, recipe.language)
    name = file_name(f"{speech.text('file-invitation-name')} {head.group_name}", "ics")
    told = speech.text("file-invitation", group=head.group_name)
    return _file(speech, name, "text/calendar", told, recipe)


def _chart(turn: Turn, recipe: Recipe) -> FileOut | None:
    chart = chart_of(
        recipe, uow=turn.uow, shelf=turn.shelf, book=turn.book, language=turn.language, today=turn.today
    )
    return chart_file(Speech(turn.book, recipe.language), recipe, chart) if chart is not None else None


def chart_file(speech: Speech, recipe: Recipe, chart: Chart) -> FileOut:
    """Return the file that a picture comes as."""
    return _file(speech, file_name(f"{chart.title} {chart.today}", "png"), PICTURE, chart.told, recipe)


def _registrar(turn: Turn, recipe: Recipe) -> FileOut | None:
    organisation, (first, last) = list_about(recipe.about)
    speech, whose = Speech(turn.book, recipe.language), turn.uow.organisations.name(organisation)
    form = REGISTRAR[recipe.kind]
    media = _TABLE_MEDIA[form] if form == "xlsx" or form == "csv" else _MEDIA[form]
    name = file_name(f"{speech.text('file-registrar-name')} {whose} {first} {last}", form)
    told = speech.text("file-registrar", organisation=whose, first=first, last=last)
    return _file(speech, name, media, told, recipe)


def _own_data(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    name = file_name(f"{speech.text('file-own-data-name')} {turn.person.name} {turn.today}", "zip")
    told = speech.text("file-own-data", name=turn.person.name)
    return _file(speech, name, "application/zip", told, recipe)


def _drawing(turn: Turn, recipe: Recipe) -> FileOut | None:
    return _of_pack(turn, recipe, "file-drawing", "svg", "image/svg+xml")


def _outline(turn: Turn, recipe: Recipe) -> FileOut | None:
    return _of_pack(turn, recipe, "file-outline", "txt", "text/plain")


def _new(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    told = speech.text("file-new-method", id=recipe.about)
    return _file(speech, file_name(recipe.about, "zip"), "application/zip", told, recipe)


def _year(turn: Turn, recipe: Recipe) -> FileOut | None:
    task = turn.uow.pack_jobs.task_of(recipe.about, recipe.person, turn.now)
    return (
        year_file(Speech(turn.book, recipe.language), recipe, task) if isinstance(task, Rehearsing) else None
    )


def year_file(speech: Speech, recipe: Recipe, task: Rehearsing) -> FileOut:
    """Return the page that a rehearsed year comes as."""
    told = speech.text("file-year", title=task.title, version=task.version, year=task.year)
    return _file(
        speech, file_name(f"{task.title} {task.version} {task.year}", "html"), "text/html", told, recipe
    )


def _of_pack(turn: Turn, recipe: Recipe, key: str, ending: str, media: str) -> FileOut | None:
    pack = named_pack(recipe.about, recipe.person, uow=turn.uow, now=turn.now, shelf=turn.shelf)
    if pack is None:
        return None
    speech, title = Speech(turn.book, recipe.language), pack.title(recipe.language)
    told = speech.text(key, title=title, version=pack.version)
    return _file(speech, file_name(f"{title} {pack.version}", ending), media, told, recipe)


def _slips(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    name = file_name(speech.text("file-slips-name"), "txt")
    return _file(speech, name, "text/plain", speech.text("file-slips"), recipe)


def _table_lines(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    name = file_name(speech.text("file-table-lines-name"), "txt")
    return _file(speech, name, "text/plain", speech.text("file-table-lines"), recipe)


def _file(speech: Speech, name: str, media: str, told: str, recipe: Recipe) -> FileOut:
    return FileOut(name, media, told, recipe, speech.text("file-not-taken", name=name))


KINDS: Mapping[str, Describe] = {
    CALENDAR: _calendar, **dict.fromkeys(DOCUMENTS, _document), **dict.fromkeys(TABLES, _table),
    **dict.fromkeys(IMPACTS, _impact), PACK_DRAWING: _drawing, PACK_SLIPS: _slips, PACK_OUTLINE: _outline, PACK_NEW: _new, PACK_YEAR: _year,
    TABLE_LINES: _table_lines, EXERCISE_SHEET: _sheet, EXERCISE_TEXT: _sheet, INVITATION: _invitation,
    **dict.fromkeys(CHARTS.values(), _chart),
    **dict.fromkeys(REGISTRAR, _registrar), OWN_DATA: _own_data,
}  # fmt: skip
