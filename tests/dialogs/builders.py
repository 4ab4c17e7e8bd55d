"""Small packs, journeys and people with good defaults, and moves in one word each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from content.pack import Pack
from content.schema.exercises import Exercise
from content.schema.files import PackFile, Register, Step, Tag, Track
from dialogs.effects import Effect
from dialogs.events import (
    Contributed,
    Drafted,
    Event,
    Feedback,
    Paused,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Reopened,
    Resumed,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    StepSigned,
    Voiced,
    WentOn,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.advance import Advance, advance
from dialogs.flows.position import asked, put, recounted
from dialogs.model.answers import Address
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Body, BodyId, Member, Person, PersonId, Roster, Unit, UnitId
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
TODAY = NOW.date()

ADA = Person(PersonId("ada"), "Ada Ek")  # leads, and belongs to the group
BO = Person(PersonId("bo"), "Bo Dahl")
CIA = Person(PersonId("cia"), "Cia Berg")
PIA = Person(PersonId("pia"), "Pia Lind")  # a politician, with a voice
KARL = Person(PersonId("karl"), "Karl Coach")  # from outside
ULLA = Person(PersonId("ulla"), "Ulla Utan")  # for a member without any role
STRANGER = Person(PersonId("nobody"), "Nils Nilsson")

MEMBERS = (
    Member(ADA, ("ledare", "grupp"), UnitId("skola")),
    Member(BO, ("grupp",), UnitId("vard")),
    Member(CIA, ("grupp",)),
    Member(PIA, ("politik",)),
    Member(KARL, ("coach",)),
)
UNITS = (Unit(UnitId("skola"), "Skola"), Unit(UnitId("vard"), "Vård och omsorg"))
BODIES = (Body(BodyId("ks"), "Kommunstyrelsen"), Body(BodyId("kf"), "Kommunfullmäktige"))

ROLES: Sequence[Mapping[str, Any]] = (
    {"id": "ledare", "at-least": 1, "at-most": 1, "deputy": True,
     "may": ["settle", "consent", "sign", "read-private", "edit-registers"]},
    {"id": "grupp", "may": ["consent", "edit-registers"]},
    {"id": "politik", "may": ["consent"]},
    {"id": "ledning", "deputy": True, "may": ["consent"]},
    {"id": "coach", "external": True, "may": ["read-private"]},
)  # fmt: skip


def text(word: str) -> dict[str, str]:
    return {"sv": word, "en": f"{word} (en)"}


def a_question(id: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    """Return a question as a pack file has it; ``for_each`` is written ``for-each`` there."""
    asked: dict[str, Any] = {"id": id, "kind": kind, "ask": text(f"Fråga {id}?"), "why": text("Därför")}
    if kind in ("choice", "choices", "ranking") and not {"options", "options_from"} & more.keys():
        asked["options"] = options("ja", "nej", "kanske")
    if kind == "scale":
        asked |= {"lowest-means": text("lite"), "highest-means": text("mycket")}
    if kind == "commitment":
        asked |= {"items": options("tid", "pengar"), "parties": ["politik", "ledare"]}
    if kind == "record":
        asked["register"] = "ideer"
    return asked | {name.replace("_", "-"): value for name, value in more.items()}


def options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": id, "title": text(id.capitalize())} for id in ids]


def a_step(id: str, *questions: dict[str, Any], gate: Mapping[str, Any] | None = None, **more: Any) -> Step:
    return Step.model_validate({
        "id": id, "title": text(id.capitalize()), "form": "talk", "why": text("Därför"),
        "takes-part": text("Alla"), "how": text("Så"), "questions": list(questions),
        "gate": {"leaves": text("Något"), **(gate or {})}, **more,
    })  # fmt: skip


def a_register(id: str = "ideer", **more: Any) -> Register:
    return Register.model_validate({
        "id": id, "title": text("Idéer"), "singular": text("idé"), "what": text("Det ni kommer på"),
        "scope": "group", "title-field": "namn",
        "fields": [
            {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
            {"id": "dag", "kind": "date", "title": text("Dag")},
            {"id": "for", "kind": "unit", "title": text("För")},
        ],
        "states": [
            {"id": "ny", "title": text("Ny")},
            {"id": "vald", "title": text("Vald")},
            {"id": "vilar", "title": text("Vilar")},
            {"id": "klar", "title": text("Klar"), "must": [a_condition({"filled": "dag"})]},
        ],
        **more,
    })  # fmt: skip


def a_phase(id: str, *questions: dict[str, Any], minutes: int = 5, **more: Any) -> dict[str, Any]:
    """Return a phase of an exercise as a pack file has it."""
    said = {"id": id, "title": text(id.capitalize()), "minutes": minutes, "do": text("Gör så")}
    return {**said, "questions": list(questions), **more}


def a_condition(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"rule": rule, "say": text("Gör detta först")}


def as_version(pack: Pack, version: str, *, gone: Sequence[str] = ()) -> Pack:
    """Return the pack as another version of itself."""
    return Pack(
        **{name: getattr(pack, name) for name in Pack.model_fields}
        | {"manifest": pack.manifest.model_copy(update={"version": version, "gone": tuple(gone)})}
    )


def a_pack(
    *questions: dict[str, Any],
    after: Sequence[dict[str, Any]] = (),
    gate: Mapping[str, Any] | None = None,
    coverage: Sequence[Mapping[str, Any]] = (),
    registers: Sequence[Register] = (),
    tracks: Sequence[Mapping[str, Any]] = (),
    roles: Sequence[Mapping[str, Any]] = ROLES,
    decides: Sequence[Mapping[str, Any]] = (),
    exercises: Sequence[Mapping[str, Any]] = (),
) -> Pack:
    """Return a pack of two steps: *questions* are put in the first, those in *after* in the second."""
    names = [one["id"] for one in exercises]
    first = a_step("ett", *questions, gate=gate, coverage=list(coverage), exercises=names)
    steps = (first, a_step("tva", *after))
    manifest = PackFile.model_validate({
        "id": "prov", "version": "1.0.0", "format": 1, "languages": ["sv", "en"], "title": text("Prov"),
        "purpose": text("Att prova"), "roles": [{"title": text(str(one["id"]).capitalize()), **one} for one in roles],
        "leader": "ledare", "group": "grupp", "coach": "coach", "steps": ["ett", "tva"],
        "decides": [{"title": text(str(one["id"]).capitalize()), **one} for one in decides],
        "entries": [{"id": "nystart", "title": text("Nystart"), "from-step": "ett"}],
    })  # fmt: skip
    return Pack(
        manifest=manifest,
        steps=steps,
        tracks=tuple(Track.model_validate({"title": text("Spår"), "why": text("Därför"), **one}) for one in tracks),
        registers={one.id: one for one in (registers or (a_register(),))},
        exercises=tuple(Exercise.model_validate({"title": text(str(one["id"]).capitalize()), "why": text("Därför"), **one}) for one in exercises),
        tags={"omraden": Tag.model_validate({"id": "omraden", "title": text("Områden"), "values": options("a", "b")})},
    )  # fmt: skip


def a_journey(
    pack: Pack,
    *events: Event,
    members: Sequence[Member] = MEMBERS,
    units: Sequence[Unit] = UNITS,
    bodies: Sequence[Body] = BODIES,
    today: date = TODAY,
    **more: Any,
) -> Journey:
    """Return a journey under way, after *events* have happened to it."""
    roster = Roster(tuple(members), tuple(units), tuple(bodies))
    journey = Journey(
        JourneyId("resan"), "kommunen", "Kommunen", "gruppen", "Gruppen", pack.id, pack.version, "sv", ADA.id, "ett",
        today, roster=roster, **more,
    )  # fmt: skip
    for step in pack.steps:
        journey = recounted(pack, journey, step.id, today=today)
        journey = journey.with_page(step.id, journey.page(step.id))
    return after(pack, journey, *events)


def after(pack: Pack, journey: Journey, *events: Event) -> Journey:
    """Return the journey after *events*, each of which must be accepted."""
    for event in events:
        journey = moved(pack, journey, event).journey
    return journey


def moved(pack: Pack, journey: Journey, event: Event) -> Advance:
    found = advance(pack, journey, event)
    assert isinstance(found, Advance), f"{event.kind} was refused: {found}"
    return found


def effects(pack: Pack, journey: Journey, event: Event) -> tuple[Effect, ...]:
    return moved(pack, journey, event).effects


def refusal(pack: Pack, journey: Journey, event: Event) -> str:
    """Return what stands against *event*, "" when nothing does."""
    found = advance(pack, journey, event)
    return found.key if isinstance(found, Problem) else ""


def put_now(pack: Pack, journey: Journey, *, today: date = TODAY) -> list[str]:
    """Return what is before the group, as ``question`` or ``question@subject``."""
    return [named(address) for address in put(pack, journey, today=today)]


def asked_in(pack: Pack, journey: Journey, step: str = "ett", *, today: date = TODAY) -> list[str]:
    return [named(address) for address in asked(pack, journey, step, today=today)]


def named(address: Address) -> str:
    return f"{address.question}@{address.subject}" if address.subject else address.question


def asking(
    pack: Pack, journey: Journey | None = None, *, language: str = "sv", today: date = TODAY
) -> Asking:
    return Asking(pack, journey or a_journey(pack), language, today)


def at(question: str) -> Address:
    """Return the address that ``question`` or ``question@subject`` names."""
    id, _, subject = question.partition("@")
    return Address(id, subject)


def later(days: int = 0, **more: float) -> datetime:
    return NOW + timedelta(days=days, **more)


def contributed(question: str, by: Person, value: Any, **more: Any) -> Contributed:
    """Return what *by* answered: the contribution's id is theirs and the question's, unless another is given."""
    more = {"id": f"{by.id}-{question}", "person": by.id, "at": NOW, **more}
    return Contributed(by=by.id, address=at(question), value=value, **more)


def anonymously(question: str, by: Person, value: Any, *, id: str, **more: Any) -> Contributed:
    return contributed(question, by, value, id=id, person=None, **more)


def withdrawn(question: str, by: Person, id: str) -> Withdrawn:
    return Withdrawn(by=by.id, at=NOW, address=at(question), id=id)


def drafted(question: str, by: Person, value: Any) -> Drafted:
    return Drafted(by=by.id, at=NOW, address=at(question), value=value)


def settled(question: str, value: Any = None, *, by: Person = ADA, **more: Any) -> Settled:
    return Settled(by=by.id, at=NOW, address=at(question), value=value, **more)


def round_opened(question: str, value: Any = None, *, by: Person = ADA, **more: Any) -> RoundOpened:
    return RoundOpened(by=by.id, address=at(question), value=value, **{"at": NOW, **more})


def voiced(question: str, by: Person, stance: Any = "agree", reason: str = "") -> Voiced:
    return Voiced(by=by.id, at=NOW, address=at(question), stance=stance, reason=reason)


def round_closed(question: str, *, by: Person = ADA, **more: Any) -> RoundClosed:
    return RoundClosed(by=by.id, address=at(question), **{"at": NOW, **more})


def skipped(question: str, *, by: Person = ADA, reason: str = "gäller inte oss") -> Skipped:
    return Skipped(by=by.id, at=NOW, address=at(question), reason=reason)


def reopened(question: str, *, by: Person = ADA, reason: str = "nya uppgifter") -> Reopened:
    return Reopened(by=by.id, at=NOW, address=at(question), reason=reason)


def reviewed(question: str, *, by: Person = ADA) -> Reviewed:
    return Reviewed(by=by.id, at=NOW, address=at(question))


def went_on(question: str, *, by: Person = ADA, **more: Any) -> WentOn:
    return WentOn(by=by.id, at=NOW, address=at(question), **more)


def feedback(question: str, *, by: Person = KARL, text: str = "Bra") -> Feedback:
    return Feedback(by=by.id, at=NOW, address=at(question), text=text)


def record_added(
    id: str, *, by: Person = BO, question: str = "", register: str = "ideer", **fields: Any
) -> RecordAdded:
    fields = {"namn": id.capitalize(), **fields}
    address = at(question) if question else None
    return RecordAdded(by=by.id, at=NOW, address=address, register=register, id=id, fields=fields)


def record_changed(id: str, *, by: Person = BO, register: str = "ideer", **fields: Any) -> RecordChanged:
    return RecordChanged(by=by.id, at=NOW, register=register, id=id, fields=fields)


def record_moved(id: str, to: str, *, by: Person = BO, register: str = "ideer") -> RecordMoved:
    return RecordMoved(by=by.id, at=NOW, register=register, id=id, to=to)


def signed(step: str = "ett", *, by: Person = ADA) -> StepSigned:
    return StepSigned(by=by.id, at=NOW, step=step)


def paused(*, by: Person = ADA) -> Paused:
    return Paused(by=by.id, at=NOW)


def resumed(*, by: Person = ADA) -> Resumed:
    return Resumed(by=by.id, at=NOW)


def step_reopened(step: str = "ett", *, by: Person = ADA) -> StepReopened:
    return StepReopened(by=by.id, at=NOW, step=step, reason="vi glömde något")


def without(person: Person, members: Sequence[Member] = MEMBERS) -> tuple[Member, ...]:
    return tuple(member for member in members if member.person.id != person.id)


def with_roles(person: Person, *roles: str, deputy_for: tuple[str, ...] = ()) -> tuple[Member, ...]:
    """Return the usual members, *person* with other roles."""
    changed = Member(person, roles, None, deputy_for)
    kept = tuple(replace(changed, unit=one.unit) if one.person == person else one for one in MEMBERS)
    return kept if any(one.person == person for one in MEMBERS) else (*MEMBERS, changed)
