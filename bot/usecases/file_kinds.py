"""The kinds of files that are handed out: what each is called, and what it is to those who don't see it.

Who makes their bytes stands in `bot/made_files.py`, by the same names.
"""

from collections.abc import Callable, Mapping

from bot.usecases.named_packs import named_pack
from bot.usecases.turn import Turn
from dialogs.files import FileOut, Recipe, file_name
from dialogs.model.pack_job import Rehearsing
from dialogs.wording.teller import Speech, Teller

CALENDAR, DOCUMENT = "calendar", "document-md"
PACK_DRAWING, PACK_SLIPS = "pack-drawing", "pack-slips"
PACK_OUTLINE, PACK_NEW, PACK_YEAR = "pack-outline", "pack-new", "pack-year"
REGISTER, TABLE_LINES = "register-xlsx", "table-lines"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET, SHEET_TEXT, INVITATION = "exercise-sheet", "exercise-sheet-md", "invitation"

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
    head = turn.uow.journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    document = next((one for one in teller.pack.documents if one.id == recipe.about), None)
    if document is None:
        return None
    title = teller.words(document.title)
    told = teller.text("file-document", title=title, group=head.group_name)
    name = file_name(f"{title} {head.group_name} {turn.today}", "md")
    return _file(Speech(turn.book, recipe.language), name, "text/markdown", told, recipe)


def _sheet(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    exercise = teller.pack.exercise_of.get(recipe.about)
    if exercise is None:
        return None
    title = teller.words(exercise.title)
    ending, media = ("pdf", "application/pdf") if recipe.kind == SHEET else ("md", "text/markdown")
    name = file_name(f"{teller.text('sheet-name')} {title}", ending)
    told = teller.text("file-sheet", title=title)
    return _file(Speech(turn.book, recipe.language), name, media, told, recipe)


def _invitation(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    if turn.pack_of(head).manifest.invitations is None:
        return None
    speech = Speech(turn.book, recipe.language)
    name = file_name(f"{speech.text('file-invitation-name')} {head.group_name}", "ics")
    told = speech.text("file-invitation", group=head.group_name)
    return _file(speech, name, "text/calendar", told, recipe)


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


def _register(turn: Turn, recipe: Recipe) -> FileOut | None:
    head = turn.uow.journeys.head(recipe.journey)
    teller = Teller(turn.book, turn.pack_of(head), head, recipe.language, turn.today)
    model = teller.pack.registers.get(recipe.about)
    if model is None:
        return None
    title = teller.words(model.title)
    told = teller.text("file-register", title=title, group=head.group_name)
    name = file_name(f"{title} {head.group_name} {turn.today}", "xlsx")
    return _file(Speech(turn.book, recipe.language), name, SPREADSHEET, told, recipe)


def _table_lines(turn: Turn, recipe: Recipe) -> FileOut | None:
    speech = Speech(turn.book, recipe.language)
    name = file_name(speech.text("file-table-lines-name"), "txt")
    return _file(speech, name, "text/plain", speech.text("file-table-lines"), recipe)


def _file(speech: Speech, name: str, media: str, told: str, recipe: Recipe) -> FileOut:
    return FileOut(name, media, told, recipe, speech.text("file-not-taken", name=name))


KINDS: Mapping[str, Describe] = {
    CALENDAR: _calendar, DOCUMENT: _document, PACK_DRAWING: _drawing, PACK_SLIPS: _slips,
    PACK_OUTLINE: _outline, PACK_NEW: _new, PACK_YEAR: _year, REGISTER: _register, TABLE_LINES: _table_lines,
    SHEET: _sheet, SHEET_TEXT: _sheet, INVITATION: _invitation,
}  # fmt: skip
