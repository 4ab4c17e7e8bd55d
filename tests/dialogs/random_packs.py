"""Random small methods, and random groups that follow them, for hypothesis to draw from."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from hypothesis import strategies as st

from content.pack import Pack
from content.schema.cycle import Checkpoint
from content.schema.exercises import Exercise
from content.schema.files import PackFile, Register, Step, Track
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Body, BodyId, Member, Person, PersonId, Roster, Unit, UnitId

MORNING = datetime(2027, 3, 15, 8, tzinfo=UTC)
LEADER, GROUP, POLITICS, OUTSIDER = "ledare", "grupp", "politik", "utifran"
REGISTER = "saker"
STATES = ("ny", "vald", "klar")
KINDS = (
    "text", "choice", "choices", "scale", "number", "date", "person", "unit", "body", "list", "commitment",
    "decision", "ranking", "record", "file",
)  # fmt: skip
OPTIONS = ("ja", "nej", "kanske")


def _text(word: str) -> Any:
    return {"sv": word, "en": word}


def _options() -> list[dict[str, Any]]:
    return [{"id": one, "title": _text(one)} for one in OPTIONS]


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Draw a method of one to three steps with all that a pack may say, each rule about what was asked before.

    Two in three are about an exercise in their first step: else few would come to its phases, or hold it again.
    """
    earlier: list[tuple[str, str]] = []  # question and kind
    count = draw(st.integers(1, 3))
    workshop = draw(st.integers(0, 2)) > 0
    steps, asked_beside, gate_questions, exercises = [], [], [], []
    for number in range(count):
        held_here = workshop and number == 0
        most = 1 if held_here else 4
        questions = [draw(_questions(f"s{number}q{n}", earlier)) for n in range(draw(st.integers(0, most)))]
        earlier.extend((question["id"], question["kind"]) for question in questions)
        beside = [draw(_questions(f"t{number}", earlier))] if draw(st.booleans()) else []
        if beside:
            asked_beside.append({"with-step": f"steg{number}", "questions": beside})
            earlier.append((beside[0]["id"], beside[0]["kind"]))
        any_here = held_here or draw(st.integers(0, 2)) == 0
        own = [draw(_exercises(f"ovning{number}", earlier, at_once=held_here))] if any_here else []
        exercises += own
        step = draw(_steps(number, questions, earlier))
        steps.append({**step, "exercises": [one["id"] for one in own]})
    if draw(st.booleans()):
        plain = {"id": "vid-grind", "kind": "text", "ask": _text("?"), "why": _text("!"), "settle": "leader"}
        gate_questions.append(plain)
    cycle = draw(_cycles(earlier))
    for question in chain(
        *(step["questions"] for step in steps), *(one["questions"] for one in asked_beside)
    ):
        if cycle and draw(st.integers(0, 3)) == 0:
            again = draw(st.sampled_from(cycle))
            if not (_goes_by_records(again) and _is_about_each(question)):
                question["again"] = again["id"]
    shown = next((id for id, kind in earlier if kind == "text"), None)
    track = {
        "id": "spar", "title": _text("Spår"), "why": _text("!"), "asked": asked_beside,
        "gate-questions": gate_questions, **({"shown": shown} if shown and draw(st.booleans()) else {}),
    }  # fmt: skip
    return Pack(
        manifest=_manifest(count),
        steps=tuple(Step.model_validate(step) for step in steps),
        tracks=(Track.model_validate(track),) if asked_beside or gate_questions or "shown" in track else (),
        registers={REGISTER: _register(draw(st.booleans()))},
        exercises=tuple(Exercise.model_validate(one) for one in exercises),
        tags={},
        cycle=tuple(Checkpoint.model_validate(one) for one in cycle),
    )


def _manifest(count: int) -> PackFile:
    def role(id: str, *may: str, **more: Any) -> dict[str, Any]:
        return {"id": id, "title": _text(id), "may": may, **more}

    return PackFile.model_validate({
        "id": "slump", "version": "1.0.0", "format": 1, "languages": ["sv", "en"], "title": _text("Slump"),
        "purpose": _text("Att prova"), "leader": LEADER, "group": GROUP,
        "roles": [
            role(LEADER, "settle", "consent", "sign", "read-private", "edit-registers", deputy=True),
            role(GROUP, "consent", "edit-registers"), role(POLITICS, "consent"),
            role(OUTSIDER, "read-private", external=True),
        ],
        "steps": [f"steg{n}" for n in range(count)],
    })  # fmt: skip


def _register(strict: bool) -> Register:
    must = [{"rule": {"filled": "dag"}, "say": _text("Skriv dagen")}] if strict else []
    return Register.model_validate({
        "id": REGISTER, "title": _text("Saker"), "singular": _text("sak"), "what": _text("Det ni vill"),
        "scope": "group", "title-field": "namn",
        "fields": [
            {"id": "namn", "kind": "text", "title": _text("Namn"), "required": True},
            {"id": "dag", "kind": "date", "title": _text("Dag")},
            {"id": "enhet", "kind": "unit", "title": _text("Enhet")},
        ],
        "states": [
            {"id": "ny", "title": _text("Ny")}, {"id": "vald", "title": _text("Vald")},
            {"id": "klar", "title": _text("Klar"), "must": must},
        ],
    })  # fmt: skip


@st.composite
def _questions(draw: st.DrawFn, id: str, earlier: Sequence[tuple[str, str]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    question: dict[str, Any] = {
        "id": id,
        "kind": kind,
        "ask": _text("?"),
        "why": _text("!"),
        **_own(draw, kind),
    }
    if kind not in ("commitment", "record", "decision"):
        question["who"] = draw(
            st.sampled_from(("group", "group", "each", "each-unit", {"roles": [POLITICS]}))
        )
    if question.get("who") == "each" and draw(st.booleans()):
        question["visibility"] = draw(st.sampled_from(("anonymous", "leader-and-coach")))
    if question.get("who", "group") == "group" and kind not in ("record", "commitment"):
        if draw(st.booleans()):
            question["for-each"] = draw(st.sampled_from((
                {"units": "all"}, {"members": GROUP}, {"members": "all"}, {"register": REGISTER},
                {"register": REGISTER, "where": {"equals": {"field": "state", "to": "vald"}}},
            )))  # fmt: skip
        if draw(st.booleans()):
            question["settle"] = draw(st.sampled_from(("direct", "leader", "consent")))
    if earlier and draw(st.booleans()):
        question["when"] = draw(_rules(earlier))
    if earlier and draw(st.booleans()):
        question["suggest-from"] = [{"question": draw(st.sampled_from(earlier))[0]}]
    if draw(st.integers(0, 5)) == 0:
        question[draw(st.sampled_from(("optional", "never-skip")))] = True
    return question


@st.composite
def _exercises(draw: st.DrawFn, id: str, earlier: list[tuple[str, str]], *, at_once: bool) -> dict[str, Any]:
    """Draw an exercise of one to three phases, some of which ask, in rounds that are hidden first or not.

    One that can be held *at_once* waits for nothing, and begins with such a round or with records.
    """
    phases: list[dict[str, Any]] = []
    for phase in range(draw(st.integers(2 if at_once else 1, 3))):
        first = [draw(_first_questions(id))] if at_once and phase == 0 else []
        questions = first + [
            draw(_questions(f"{id}f{phase}q{n}", earlier)) for n in range(draw(st.integers(0, 2)))
        ]
        for question in questions:
            if question.get("who") == "each" and draw(st.booleans()):
                question["visibility"] = "after-round"
            earlier.append((question["id"], question["kind"]))
        form = draw(st.sampled_from(("all", "all", "alone", "pairs")))
        phases.append({
            "id": f"fas{phase}", "title": _text("Fas"), "minutes": 5, "do": _text("Gör"), "form": form,
            "questions": questions,
        })  # fmt: skip
    listed = {"id": f"{id}resultat", "kind": "list", "ask": _text("?"), "why": _text("!")}
    phases[-1]["questions"].append(listed)
    earlier.append((listed["id"], "list"))
    must = (
        [{"rule": draw(_rules(earlier)), "say": _text("Först det här")}]
        if not at_once and draw(st.integers(0, 5)) == 0
        else []
    )
    return {
        "id": id, "title": _text("Övning"), "why": _text("!"), "phases": phases, "must": must,
        "result": {"kind": "list", "question": listed["id"]},
    }  # fmt: skip


@st.composite
def _first_questions(draw: st.DrawFn, id: str) -> dict[str, Any]:
    plain = {"id": f"{id}forst", "ask": _text("?"), "why": _text("!")}
    if draw(st.integers(0, 2)) == 0:
        return {**plain, "kind": "record", **_own(draw, "record")}
    kind = draw(st.sampled_from(("text", "list", "scale")))
    return {**plain, "kind": kind, **_own(draw, kind), "who": "each", "visibility": "after-round"}


def _own(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Draw what this kind says of itself."""
    match kind:
        case "choice":
            then = {"group-state": "permanent", "when-answer": "ja"}
            return {"options": _options(), **({"then": [then]} if draw(st.booleans()) else {})}
        case "choices":
            if draw(st.booleans()):
                return {"options": _options()}
            move = {"move-records": REGISTER, "to": "vald", "rest": "ny", "from": ["vald"]}
            return {"options-from": {"register": REGISTER}, "then": [move]}
        case "ranking":
            return (
                {"options": _options()} if draw(st.booleans()) else {"options-from": {"register": REGISTER}}
            )
        case "scale":
            return {"lowest-means": _text("lite"), "highest-means": _text("mycket")}
        case "person":
            return (
                {"then": [{"appoint": draw(st.sampled_from((LEADER, GROUP)))}]} if draw(st.booleans()) else {}
            )
        case "commitment":
            return {"items": _options()[:2], "parties": [POLITICS, GROUP]}
        case "record":
            return {"register": REGISTER, "at-least": draw(st.integers(0, 2))}
        case _:
            return {}


WHENS: tuple[dict[str, Any], ...] = (
    {"kind": "rrule", "rrule": "FREQ=MONTHLY;BYMONTHDAY=1"},
    {"kind": "times-per-year", "windows": [
        {"id": "var", "title": _text("Vår"), "first": "02-01", "last": "05-31"},
        {"id": "host", "title": _text("Höst"), "first": "09-01", "last": "11-30"},
    ]},
    {"kind": "before-date", "date": {"register": REGISTER, "field": "dag"}},
    {"kind": "term-start", "of": "council"},
)  # fmt: skip


@st.composite
def _cycles(draw: st.DrawFn, earlier: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Draw none, one or two checkpoints, which ask of their own and may look at what was asked before."""
    found = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2)))):
        checkpoint: dict[str, Any] = {
            "id": f"hall{number}", "title": _text(f"Hållpunkt {number}"), "why": _text("!"), "do": _text("Gör"),
            "when": draw(st.sampled_from(WHENS)),
        }  # fmt: skip
        questions = [draw(_questions(f"c{number}q{n}", earlier)) for n in range(draw(st.integers(0, 2)))]
        if _goes_by_records(checkpoint):
            questions = [question for question in questions if not _is_about_each(question)]
        checkpoint["questions"] = questions
        earlier.extend((question["id"], question["kind"]) for question in questions)
        if draw(st.booleans()):
            checkpoint["who"] = draw(st.sampled_from((GROUP, POLITICS)))
        if earlier and draw(st.integers(0, 2)) == 0:
            checkpoint["done"] = draw(_rules(earlier))
        found.append(checkpoint)
    return found


def _goes_by_records(checkpoint: dict[str, Any]) -> bool:
    return checkpoint["when"]["kind"] == "before-date"


def _is_about_each(question: dict[str, Any]) -> bool:
    return "for-each" in question or question.get("who") == "each-unit"


_ROLES_OR_UNITS = ({"role": GROUP}, {"role": LEADER}, {"units": "all"}, {"register": REGISTER})


@st.composite
def _rules(draw: st.DrawFn, earlier: Sequence[tuple[str, str]], depth: int = 0) -> dict[str, Any]:
    """Draw a rule about questions that were asked before, or about records, roles and units."""
    choice = draw(st.integers(0, 9 if depth < 2 else 6))
    if choice >= 8:
        parts = [draw(_rules(earlier, depth + 1)) for _ in range(draw(st.integers(1, 2)))]
        return {draw(st.sampled_from(("all", "any"))): parts}
    if choice == 7:
        return {"not": draw(_rules(earlier, depth + 1))}
    if choice >= 5 or not earlier:
        of: dict[str, Any] = dict(draw(st.sampled_from(_ROLES_OR_UNITS)))
        if "register" in of and draw(st.booleans()):
            of["where"] = {"equals": {"field": "state", "to": draw(st.sampled_from(STATES))}}
        return {draw(st.sampled_from(("at-least", "at-most"))): {"count": draw(st.integers(0, 2)), "of": of}}
    question, kind = draw(st.sampled_from(earlier))
    match kind:
        case "choice":
            return {"equals": {"question": question, "to": draw(st.sampled_from(OPTIONS))}}
        case "choices":
            return {"includes": {"question": question, "option": draw(st.sampled_from(OPTIONS))}}
        case "scale" | "number":
            word = draw(st.sampled_from(("less", "more")))
            return {word: {"question": question, "than": str(draw(st.integers(1, 4)))}}
        case "date":
            word = draw(st.sampled_from(("before", "after")))
            return {
                word: {"question": question, "than": "today", "offset": {"weeks": draw(st.integers(-1, 1))}}
            }
        case _:
            if draw(st.booleans()):
                return {"at-least": {"count": draw(st.integers(0, 2)), "of": {"answers": question}}}
            return {"answered": question}


@st.composite
def _steps(
    draw: st.DrawFn, number: int, questions: list[dict[str, Any]], earlier: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    gate: dict[str, Any] = {"leaves": _text("Något")}
    for key in ("must", "warn"):
        if draw(st.integers(0, 3)) == 0:
            gate[key] = [{"rule": draw(_rules(earlier)), "say": _text("Först det här")}]
    coverage: list[dict[str, Any]] = []
    if draw(st.integers(0, 3)) == 0:
        what = (
            {"register": REGISTER, "by": "enhet"}
            if draw(st.booleans()) or not earlier
            else {"answer": earlier[0][0]}
        )
        coverage.append({"id": f"tackning{number}", "title": _text("Täckning"), "units": "all", "what": what})
        rule = {"at-most": {"count": 0, "of": {"gaps": f"tackning{number}"}}}
        gate.setdefault("warn", []).append({"rule": rule, "say": _text("Någon saknas")})
    return {
        "id": f"steg{number}", "title": _text(f"Steg {number}"), "form": "talk", "why": _text("!"),
        "takes-part": _text("Alla"), "how": _text("Så"), "questions": questions, "coverage": coverage, "gate": gate,
    }  # fmt: skip


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Draw a journey that has just begun: two to four people with roles, some units, a body."""
    units = tuple(Unit(UnitId(f"u{n}"), f"Enhet {n}") for n in range(draw(st.integers(0, 2))))
    roles = st.lists(st.sampled_from((LEADER, GROUP, POLITICS, OUTSIDER)), max_size=2, unique=True)
    members = tuple(
        Member(
            Person(PersonId(f"p{n}"), f"Person {n}"),
            tuple(draw(roles)),
            draw(st.sampled_from((None, *(unit.id for unit in units)))),
        )
        for n in range(draw(st.integers(2, 4)))
    )
    return Journey(
        JourneyId("j"), "o", "Kommunen", "g", "Gruppen", "slump", "1.0.0", "sv", PersonId("p0"), "steg0",
        MORNING.date(), at_once=draw(st.integers(1, 3)),
        roster=Roster(members, units, (Body(BodyId("b0"), "Styrelsen"),)),
    )  # fmt: skip
