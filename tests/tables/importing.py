"""A method with a register of every kind of field, and what reads a file into it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.ids import RandomIds
from bot.register_file import read_register_file
from bot.usecases.record_import import RecordImport
from content.pack import Pack
from dialogs.model.people import PersonId
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.conversation.talk import Talk
from tests.dialogs.builders import a_pack, a_question, a_register, text

FORMS = [
    {"id": "natverk", "title": {"sv": "Nätverk", "en": "Network"}},
    {"id": "vanort", "title": {"sv": "Vänort", "en": "Twin town"}},
]
FIELDS = [
    {"id": "namn", "kind": "text", "title": {"sv": "Vad heter samarbetet?", "en": "What is it called?"}, "required": True},
    {"id": "form", "kind": "choice", "title": {"sv": "Form", "en": "Kind"}, "required": True, "options": FORMS},
    {"id": "slut", "kind": "date", "title": {"sv": "Gäller till och med", "en": "Runs until"}},
    {"id": "ansvarig", "kind": "person", "title": {"sv": "Ansvarig", "en": "Responsible"}},
    {"id": "enhet", "kind": "unit", "title": {"sv": "Verksamhet", "en": "Unit"}},
    {"id": "organ", "kind": "body", "title": {"sv": "Beslutat av", "en": "Decided by"}},
    {"id": "kostnad", "kind": "number", "title": {"sv": "Kostnad", "en": "Cost"}},
    {"id": "mal", "kind": "text", "title": {"sv": "Mål", "en": "Goal"}, "long": True},
    {"id": "delar", "kind": "list", "title": {"sv": "Delar", "en": "Parts"}},
    {"id": "lank", "kind": "file", "title": {"sv": "Läs mer", "en": "Read more"}},
    {"id": "beslut-dag", "kind": "text", "title": {"sv": "Beslut", "en": "Decision"}},
    {"id": "beslut-nr", "kind": "text", "title": {"sv": "Beslut", "en": "Decision"}},
]  # fmt: skip
CRITERIA = [{"id": "malet", "title": text("Målet är formulerat"), "level": "must", "rule": {"filled": "mal"}}]
STATES = [
    {"id": "forslag", "title": {"sv": "Förslag", "en": "Proposed"}},
    {"id": "pagar", "title": {"sv": "Pågår", "en": "Under way"},
     "must": [{"rule": {"filled": "mal"}, "say": text("Skriv målet först")}]},
]  # fmt: skip
HEADING = "Vad heter samarbetet?;Form;Gäller till och med;Ansvarig;Verksamhet;Beslutat av;Kostnad;Mål;Läge"


def a_method_with_files(*, fields: list[dict[str, Any]] | None = None, **register: Any) -> Pack:
    made = a_register(
        "samarbeten", title={"sv": "Samarbeten", "en": "Collaborations"},
        singular={"sv": "samarbete", "en": "collaboration"}, fields=fields or FIELDS, criteria=CRITERIA, states=STATES,
        scope="organisation", **register,
    )  # fmt: skip
    return a_pack(
        a_question("vision"),
        a_question("lista", "record", register="samarbeten"),
        registers=(made, a_register()),
    )


def a_table(*lines: str, heading: str = HEADING) -> bytes:
    return "\r\n".join([heading, *lines]).encode()


def reading(
    talk: Talk, *, by: str = "Ada", update: bool = False, language: str = "sv", **ports: Any
) -> RecordImport:
    """Return what reads a file into the register, over the conversation's own database."""
    journey = talk.journey()
    person = next(one.person.id for one in journey.roster.members if one.person.name == by)
    given: dict[str, Any] = {
        "journey": journey.id, "register": "samarbeten", "by": PersonId(person), "audit_by": "cli",
        "language": language, "looking": lambda: SqlUnitOfWork(talk.reading), "write": lambda act: act(talk.uow()),
        "shelf": talk.shelf, "clock": talk.clock, "ids": RandomIds(), "book": talk.book, "conflict": Conflict,
        "read": read_register_file, "update": update,
    }  # fmt: skip
    return RecordImport(**(given | ports))


def read_in(
    talk: Talk, content: bytes, *, keep_good: bool = False, **terms: Any
) -> list[tuple[int, str, str]]:
    """Read the file in; return (line, column, phrase) of each slip."""
    one = reading(talk, **terms)
    judging = one.judge(content)
    one.keep(judging, keep_good=keep_good)
    return [(slip.line, slip.column, slip.problem.key) for slip in judging.judged.slips]


def names(talk: Talk) -> list[str]:
    return [str(one.fields["namn"]) for one in talk.journey().records_in("samarbeten")]


def parts_of(book: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(book)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()
