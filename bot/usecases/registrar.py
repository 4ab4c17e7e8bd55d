"""Gives an organisation's registrar the list of a period: in the chat to its admins, as text, csv or a spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.usecases.file_kinds import REGISTRAR, described
from bot.usecases.handing_out import hand_out
from bot.usecases.oneself import show_privately
from bot.usecases.turn import Turn
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, file_press
from dialogs.model.changed import changed
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef, Needs, PackShelf, Spot, UnitOfWork
from dialogs.reports.registrar import (
    Registered,
    about_list,
    as_message,
    in_its_order,
    of_adopted,
    of_answered,
    of_entered,
    title_of_list,
)  # fmt: skip
from dialogs.values.asked_document import read_asked
from dialogs.values.spans_of_time import Span, read_span
from dialogs.wording.teller import Teller


def homes_of(turn: Turn) -> Sequence[str]:
    """Return the organisations whose list the person may have: those that they are an admin of."""
    organisations = turn.uow.organisations
    return [
        one for one in organisations.of_person(turn.person.id) if organisations.is_admin(one, turn.person.id)
    ]


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`registratorslista kvartal 3` shows the decisions of those months; `som excel` and `som csv` hand out a file."""
    asked = read_asked(heard.rest)
    span = read_span(asked.name, today=turn.today)
    homes = homes_of(turn)
    if not homes:
        turn.refuse(Problem("registrar-not-yours"))
        return True
    if span is None:
        turn.refuse(Problem("registrar-which-days", {"said": asked.name}))
        return True
    of_form = {form: kind for kind, form in REGISTRAR.items()}
    for home in homes:
        note(home, span, by=turn.person.id, uow=turn.uow, at=turn.now)
        recipes = {
            kind: Recipe(kind, turn.person.id, "", about_list(home, span), turn.language)
            for kind in REGISTRAR
        }
        file = described(turn, recipes[of_form[asked.form]]) if asked.form in of_form else None
        if file is not None:
            hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)), own=True)
            continue
        lines = lines_of(
            home, span, uow=turn.uow, shelf=turn.shelf, book=turn.book, language=turn.language, today=turn.today
        )  # fmt: skip
        title = title_of_list(turn.words, turn.uow.organisations.name(home), *span)
        said = as_message(turn.words, title, lines)
        for kind, recipe in recipes.items() if lines else ():
            said.button(turn.words.text(f"button-{kind}"), file_press(recipe))
        show_privately(turn, said.done())
    if not turn.room.private and not turn.incoming.aside:
        turn.say("registrar-in-private")
    return True


def note(organisation: str, span: Span, *, by: str, uow: UnitOfWork, at: datetime) -> None:
    about = "/".join(str(day) for day in span)
    uow.audit.note("registrar-list", organisation=organisation, by=by, about=about, at=at)


def lines_of(
    organisation: str, span: Span, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, language: str, today: date
) -> Sequence[Registered]:  # fmt: skip
    """Return the organisation's decisions and adopted documents of these days. *uow* is open."""
    refs = [one for one in uow.journeys.all() if one.organisation == organisation and not one.practice]
    packs = {ref.id: shelf.pack(ref.pack, ref.version) for ref in refs}
    decided = uow.registrations.decided(
        organisation,
        questions={one for pack in packs.values() for one in _decisions(pack)},
        registers={id for pack in packs.values() for id, one in pack.registers.items() if one.decision},
        first=span[0],
        last=span[1],
    )
    numbers = {one.about: one.number for one in uow.registrations.in_organisation(organisation)}
    tellers: dict[str, Teller] = {}

    def teller(journey: str) -> Teller:
        if journey not in tellers:
            pack = packs[journey]
            head = uow.journeys.get(journey, Needs(registers=frozenset(pack.registers)))
            tellers[journey] = Teller(
                book, pack, changed(head, registered=numbers), language or head.language, today
            )
        return tellers[journey]

    def found() -> Iterator[Registered | None]:
        for journey, item in decided.answers:
            if isinstance(item.value, dict) and _within(item.value.get("date"), span):
                yield of_answered(teller(journey), item)
        for journey, record in decided.records:
            its = journey if journey in packs else _any_with(record.register, refs, packs)
            held = packs[its].registers[record.register].decision if its else None
            if held is not None and _within(record.fields.get(held.date), span):
                yield of_entered(teller(its), record)
        for journey, ref in decided.documents:
            yield of_adopted(teller(journey), ref)

    return in_its_order([one for one in found() if one is not None])


def _decisions(pack: Pack) -> Iterator[str]:
    return (id for id, place in pack.places.items() if place.question.kind == "decision")


def _any_with(register: str, refs: Sequence[JourneyRef], packs: dict[str, Pack]) -> str:
    """Return a journey whose method has the register: records of the organisation's belong to none."""
    return next((ref.id for ref in refs if register in packs[ref.id].registers), "")


def _within(day: object, span: Span) -> bool:
    return bool(day) and span[0] <= date.fromisoformat(str(day)) <= span[1]
