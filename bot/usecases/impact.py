"""Tells which aims got efforts, what came of them, and what is over without a word: of a group, or of an organisation."""

from collections.abc import Mapping, Sequence

from bot.usecases.about import about_journey
from bot.usecases.file_kinds import DOCUMENTS, IMPACTS, TABLES, described
from bot.usecases.handing_out import hand_out
from bot.usecases.impact_seen import groups_seen, impact_for
from bot.usecases.named_groups import named_group
from bot.usecases.oneself import show_privately
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press, file_press
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef, Spot
from dialogs.reports.impact import has_impact
from dialogs.reports.impact_document import EFFECTS, split_period, year_said
from dialogs.reports.impact_message import impact_message
from dialogs.tables.chosen import about_document
from dialogs.values.asked_document import read_asked
from dialogs.values.names import find

MOST_GROUPS = 40
"""Of so many groups one is told in a message; of more in a file, for which nobody has to wait."""

OFFERED: Mapping[str, str] = {
    "docx": "button-document-docx",
    "pdf": "button-document-pdf",
    "xlsx": "button-table-xlsx",
}
ORGANISATION = frozenset({
    "organisationen", "hela organisationen", "alla", "alla grupper", "organisation", "the organisation",
    "the whole organisation", "all", "all groups",
})  # fmt: skip


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`effekter`, `effekter 2026`, `effekter <grupp>: i fjol`, `effekter organisationen som excel`."""
    asked = read_asked(f"- {heard.number} {heard.rest}")
    named, year = split_period(asked.name.removeprefix("-"), turn.today)
    if named in ORGANISATION:
        organisation = _only_organisation(turn)
        if organisation is not None:
            _tell_organisation(turn, organisation, year, asked.form)
        return True
    group = named_group(turn, named) if named else None
    if named and group is None:
        organisation = _organisation_named(turn, named)
        if organisation is not None:
            _tell_organisation(turn, organisation, year, asked.form)
        return organisation is not None
    if group is None:
        if spot is None and not journeys_here(turn):
            return False
        at = about_journey(turn, spot)
        group = at.journey if at is not None else None
    if group is not None:
        _tell_group(turn, group, year, asked.form)
    return True


def press_group(turn: Turn, journey: str, year: str) -> None:
    """The button of another year: whoever belongs to the group may press it anywhere, others in its room."""
    head = turn.uow.journeys.head(journey)
    here = any(one.id == journey for one in turn.uow.journeys.in_room(turn.room.id))
    if here or head.roster.member(turn.person.id) is not None:
        show_group(turn, journey, year_said(year))
    else:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))


def press_organisation(turn: Turn, argument: str) -> None:
    organisation, _, year = argument.partition(":")
    show_organisation(turn, organisation, year_said(year))


def show_group(turn: Turn, journey: str, year: int | None) -> None:
    head = turn.uow.journeys.head(journey)
    if not has_impact(turn.pack_of(head)):
        turn.refuse(Problem("impact-none-here"))
        return
    told = impact_for(
        [journey], uow=turn.uow, shelf=turn.shelf, book=turn.book, language=turn.language, today=turn.today, year=year
    )  # fmt: skip
    heading = turn.words.text("impact-heading", of=head.group_name)
    said = impact_message(told, heading, turn.teller(head).composer())
    for other, label in _other_years(turn, year):
        said.button(label, Press("impact", None, other, journey))
    if not told.impact.nothing:
        for form, label in OFFERED.items():
            said.button(turn.words.text(label), file_press(_of_group(turn, journey, year, form)))
    turn.reply_about(said.done(), journey)


def show_organisation(turn: Turn, organisation: str, year: int | None) -> None:
    """Tell of all the organisation's groups that the speaker may see, before them alone."""
    refs = groups_seen(turn.person.id, organisation, uow=turn.uow, shelf=turn.shelf)
    if not refs:
        turn.refuse(Problem("impact-no-organisation"))
        return
    _note(turn, "effects-read", organisation=organisation, about=organisation)
    said = Composer()
    heading = turn.words.text("impact-heading", of=turn.uow.organisations.name(organisation))
    if len(refs) > MOST_GROUPS:
        said.heading(heading).say(turn.words.say("impact-many-groups", n=len(refs)))
    else:
        told = impact_for(
            [one.id for one in refs], uow=turn.uow, shelf=turn.shelf, book=turn.book, language=turn.language,
            today=turn.today, year=year,
        )  # fmt: skip
        impact_message(told, heading, said)
        said.say(turn.words.say("impact-groups", n=len(refs), groups=_names(refs)))
    for other, label in _other_years(turn, year):
        said.button(label, Press("impact-organisation", None, f"{organisation}:{other}"))
    for form, label in OFFERED.items():
        said.button(turn.words.text(label), file_press(_of_organisation(turn, organisation, year, form)))
    show_privately(turn, said.done())


def _tell_group(turn: Turn, journey: str, year: int | None, form: str) -> None:
    head = turn.uow.journeys.head(journey)
    if form and has_impact(turn.pack_of(head)):
        _note(turn, "exported", organisation=head.organisation, about=journey)
        _hand_out(turn, _of_group(turn, journey, year, form))
    else:
        show_group(turn, journey, year)


def _tell_organisation(turn: Turn, organisation: str, year: int | None, form: str) -> None:
    if form and groups_seen(turn.person.id, organisation, uow=turn.uow, shelf=turn.shelf):
        _note(turn, "effects-read", organisation=organisation, about=organisation)
        _hand_out(turn, _of_organisation(turn, organisation, year, form), own=True)
    else:
        show_organisation(turn, organisation, year)


def _hand_out(turn: Turn, recipe: Recipe, *, own: bool = False) -> None:
    file = described(turn, recipe)
    if file is not None:
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)), own=own)


def _of_group(turn: Turn, journey: str, year: int | None, form: str) -> Recipe:
    about = f"{EFFECTS}:{year}" if year else EFFECTS
    kind = next(kind for kind, one in (*DOCUMENTS.items(), *TABLES.items()) if one == form)
    about = about_document(about) if kind in TABLES else about
    return Recipe(kind, turn.person.id, journey, about, turn.language)


def _of_organisation(turn: Turn, organisation: str, year: int | None, form: str) -> Recipe:
    kind = next(kind for kind, one in IMPACTS.items() if one == form)
    return Recipe(kind, turn.person.id, "", f"{organisation}:{year or ''}", turn.language)


def _note(turn: Turn, kind: str, *, organisation: str, about: str) -> None:
    turn.uow.audit.note(kind, organisation=organisation, by=turn.person.id, about=about, at=turn.now)


def _other_years(turn: Turn, year: int | None) -> list[tuple[str, str]]:
    """Return the periods that aren't shown, each with the label of its button."""
    this = turn.today.year
    found = [(str(one), turn.words.text("button-impact-year", year=one)) for one in (this, this - 1)]
    found.append(("", turn.words.text("button-impact-always")))
    return [one for one in found if one[0] != str(year or "")]


def _only_organisation(turn: Turn) -> str | None:
    """Return the organisation of the group at hand, or the only one; None when the speaker was asked which."""
    here = [one for one in turn.uow.journeys.in_room(turn.room.id) if not one.practice]
    names = {one.organisation: None for one in here} if not turn.room.private else {}
    if len(names) == 1:
        return next(iter(names))
    theirs = [
        one
        for one in turn.uow.organisations.of_person(turn.person.id)
        if groups_seen(turn.person.id, one, uow=turn.uow, shelf=turn.shelf)
    ]
    if len(theirs) == 1:
        return theirs[0]
    if theirs:
        example = turn.uow.organisations.name(theirs[0])
        turn.refuse(Problem("impact-which-organisation", {"example": example}))
    else:
        turn.refuse(Problem("impact-no-organisation"))
    return None


def _organisation_named(turn: Turn, name: str) -> str | None:
    books = turn.uow.organisations
    options = [(one, books.name(one)) for one in books.of_person(turn.person.id)]
    return find(name, options, numbered=False, alike=1).value


def _names(refs: Sequence[JourneyRef]) -> str:
    return ", ".join(one.group_name for one in refs)
