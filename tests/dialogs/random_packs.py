"""Random small methods, random groups, and random things that people do in them, for hypothesis to draw from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from hypothesis import strategies as st

from content.pack import Pack
from content.schema.base import Option, Text
from content.schema.cycle import Checkpoint
from content.schema.exercises import Exercise
from content.schema.files import PackFile, Register, Step, Track
from content.schema.questions import Question
from dialogs.events import (
    CheckpointClosed,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Drafted,
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseStarted,
    PairsDrawn,
    Paused,
    PhaseBegan,
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
from dialogs.flows.phases import phase_after, running
from dialogs.flows.position import asked, current_step, put
from dialogs.flows.rights import leaders, parties_of
from dialogs.flows.settling import many_from_one
from dialogs.model.answers import Address
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


@dataclass(frozen=True)
class Act:
    """What somebody tries: which of the things one can do, who, where and with what, drawn as plain numbers."""

    what: int
    who: int
    where: int
    value: int
    days: int = 0

    def on(self, pack: Pack, journey: Journey, number: int) -> Event:
        """Return the event that this makes of the journey as it stands; *number* is the act's own."""
        at = MORNING + timedelta(days=self.days, minutes=number)
        return _event(
            self, pack, journey, _pick(journey.roster.members, self.who).person.id, at, f"c{number}"
        )


def acts(*, most: int, days: bool = False) -> st.SearchStrategy[list[Act]]:
    """Draw what people try, one after the other; with *days*, some weeks apart."""
    small = st.integers(0, 15)
    later = st.sampled_from((0, 0, 0, 1, 8)) if days else st.just(0)
    act = st.builds(Act, st.integers(0, 31), small, small, small, later)
    anything = st.lists(act, min_size=most // 3, max_size=most)
    held = st.lists(_in_an_exercise(), min_size=most // 3, max_size=most - most // 4)
    begins = st.sampled_from((BEGINS, BEGINS, ON_PAPER))
    after = st.lists(act, max_size=most // 4)
    then = st.tuples(begins, held, after).map(lambda drawn: [drawn[0], *drawn[1], *drawn[2]])
    return st.one_of(anything, then, then).map(_one_after_the_other)


BEGINS, ON_PAPER, GOES_ON, ENDS, BREAKS_OFF = (Act(0, 0, 0, value) for value in (1, 3, 0, 4, 5))


def _in_an_exercise() -> st.SearchStrategy[Act]:
    """Draw what is done while an exercise is held: mostly answering, by each; then going on, ending, breaking off, again.

    In a method without exercises, and between two of them, the same acts are others.
    """
    puts_in = st.builds(
        Act, st.sampled_from((1, 4, 7, 10)), st.sampled_from((0, 1, 3)), st.integers(0, 7), st.integers(0, 15)
    )
    moves = st.sampled_from((BEGINS, ON_PAPER, GOES_ON, GOES_ON, GOES_ON, ENDS, BREAKS_OFF, BREAKS_OFF))
    return st.one_of(puts_in, puts_in, moves)


def _one_after_the_other(drawn: list[Act]) -> list[Act]:
    day, found = 0, []
    for act in drawn:
        day += act.days
        found.append(Act(act.what, act.who, act.where, act.value, day))
    return found


def _event(act: Act, pack: Pack, journey: Journey, by: PersonId, at: datetime, id: str) -> Event:
    today = at.date()
    step = current_step(pack, journey)
    if act.what >= 29 and act.where >= 8:  # whoever leads goes on: else few would ever see the second step
        by = _leader(pack, journey)
        return StepSigned(by=by, at=at, step=step or pack.steps[-1].id)
    # By whom it is done, too: by what alone, the same things would never be done in any method with exercises.
    if pack.exercises and (act.what + act.who) % 3 == 0:
        return _of_exercise(act, pack, journey, by if act.value == 15 else _leader(pack, journey), at)
    if act.what >= 26:
        if act.value % 8 > 5 and pack.cycle:
            return _of_checkpoint(act, pack, journey, by, at)
        match act.value % 6:
            case 0:
                return StepReopened(by=by, at=at, step=_pick(pack.steps, act.where).id, reason="igen")
            case 1:
                return Paused(by=by, at=at)
            case 2 | 3:
                return Resumed(by=by, at=at)
            case _:
                return StepSigned(by=by, at=at, step=_pick(pack.steps, act.where).id)
    address = _address(act, pack, journey, today)
    if address is None:
        return _of_record(act, journey, None, by, at, id)
    question = pack.places[address.question].question
    if act.what >= 22 or (question.kind == "record" and act.what < 11):
        return _of_record(act, journey, address if question.kind == "record" else None, by, at, id)
    item = journey.item(address)
    match act.what:
        case 11 | 12 | 13 | 14:
            return Settled(by=_leader(pack, journey), at=at, address=address)
        case 15:
            return RoundOpened(by=_leader(pack, journey), at=at, address=address, last_day=_day(act, today))
        case 16 | 17:
            stance = ("agree", "concern", "object", "abstain")[act.value % 4]
            return Voiced(by=by, at=at, address=address, stance=stance, reason="därför" * (act.value % 2))  # type: ignore[arg-type]
        case 18:
            outcome = "withdrawn" if act.value % 3 == 0 else ""
            return RoundClosed(by=by, at=at, address=address, outcome=outcome)  # type: ignore[arg-type]
        case 19:
            many = (
                Skipped(by=by, at=at, address=address, reason="inte nu"),
                Reopened(by=by, at=at, address=address, reason="om igen"),
                Reviewed(by=by, at=at, address=address),
                Settled(by=by, at=at, address=address, how="despite-objection"),
            )
            return _pick(many, act.value)
        case 20:
            return WentOn(by=_leader(pack, journey), at=at, address=address, last_day=_day(act, today))
        case 21:
            own = item.by(by)
            if own and act.value % 4:
                return Withdrawn(by=by, at=at, address=address, id=_pick(own, act.value).id)
            return Drafted(by=by, at=at, address=address, value=_value(question, act, pack, journey, by))
        case _:
            return _contributed(act, pack, journey, address, by, at, id)


def _contributed(
    act: Act, pack: Pack, journey: Journey, address: Address, by: PersonId, at: datetime, id: str
) -> Event:
    """Return a contribution as the use case makes it: for oneself or somebody else, replacing what one said before."""
    question, item = pack.places[address.question].question, journey.item(address)
    person: PersonId | None = by
    on = running(pack, journey)
    if act.what == 10 or (on is not None and on[1].held == "room" and act.what > 5):  # typed in from paper
        person = _pick(journey.roster.members, act.value).person.id
    value = _value(question, act, pack, journey, person or by)
    if question.visibility == "anonymous":
        person = None
        replaces = _pick(item.contributions, act.where).id if act.what == 9 and item.contributions else ""
        id = replaces or id
    else:
        earlier = item.by(person)  # type: ignore[arg-type]
        replaces = earlier[-1].id if earlier and not many_from_one(question) else ""
    return Contributed(
        by=by, at=at, address=address, id=id, value=value, person=person, replaces=replaces,
        change=act.value % 4 == 0 or question.kind == "commitment", why="nytt" if act.value % 4 == 0 else "",
    )  # fmt: skip


def _of_exercise(act: Act, pack: Pack, journey: Journey, by: PersonId, at: datetime) -> Event:
    """Return that an exercise begins, goes on, draws pairs, ends or is broken off: mostly the one at hand."""
    on, step = running(pack, journey), current_step(pack, journey)
    near = pack.exercises_in(step) if step else ()
    exercise = on[0] if on is not None and act.value < 14 else _pick(near or pack.exercises, act.where)
    named: dict[str, Any] = {"by": by, "at": at, "exercise": exercise.id}
    if on is None and act.value < 14:
        return ExerciseStarted(held="room" if act.value % 4 == 3 else "channel", **named)
    has_more = on is not None and on[1].held == "channel" and phase_after(on[0], on[1].phase) is not None
    match act.value % 6:
        case 0 | 1 | 2:
            return PhaseBegan(**named) if has_more or act.value == 1 else ExerciseEnded(**named)
        case 3:
            without = (_pick(journey.roster.members, act.where).person.id,) if act.value % 2 else ()
            return PairsDrawn(without=without, **named)
        case 4:
            return ExerciseEnded(**named)
        case _:
            return ExerciseBrokenOff(**named)


def _of_checkpoint(act: Act, pack: Pack, journey: Journey, by: PersonId, at: datetime) -> Event:
    """Return that a checkpoint opens, as the clock lets it; or that an open one is moved, done, left or retired."""
    today = at.date()
    if not journey.checkpoints or act.where % 2:
        checkpoint = _pick(pack.cycle, act.where // 2)
        records = journey.records_in(REGISTER) if checkpoint.when.kind == "before-date" else ()
        subject = f"record:{_pick(records, act.value).id}" if records else ""
        period = {"times-per-year": "2027-var", "term-start": "2027"}.get(
            checkpoint.when.kind, f"2027-05-{1 + act.where:02}"
        )
        return CheckpointOpened(
            by=by,
            at=at,
            checkpoint=checkpoint.id,
            subject=subject,
            period=period,
            due=today + timedelta(act.value),
        )
    one = _pick(journey.checkpoints, act.value)
    named = {"by": by, "at": at, "checkpoint": one.checkpoint, "subject": one.subject, "period": one.period}
    match act.where % 8:
        case 0 | 2:
            return CheckpointMoved(due=today + timedelta(act.value), **named)
        case 4:
            return CheckpointClosed(how="done", **named)
        case _:
            how = "retired" if act.value % 4 == 0 else "left"
            return CheckpointClosed(how=how, note="hann inte" * (act.value % 2), **named)


def _of_record(
    act: Act, journey: Journey, address: Address | None, by: PersonId, at: datetime, id: str
) -> Event:
    kept = journey.records_in(REGISTER)
    if not kept or act.value % 3 == 0:
        return RecordAdded(
            by=by, at=at, address=address, register=REGISTER, id=f"r-{id}", fields=_fields(act, journey)
        )
    record = _pick(kept, act.where)
    if act.value % 3 == 1:
        return RecordChanged(by=by, at=at, register=REGISTER, id=record.id, fields=_fields(act, journey))
    return RecordMoved(by=by, at=at, register=REGISTER, id=record.id, to=_pick(STATES, act.value))


def _fields(act: Act, journey: Journey) -> dict[str, Any]:
    fields: dict[str, Any] = {"namn": f"Sak {act.value}"}
    if act.value % 2:
        fields["dag"] = "2027-05-01"
    if journey.roster.units and act.where % 2:
        fields["enhet"] = _pick(journey.roster.units, act.where).id
    return fields


def _address(act: Act, pack: Pack, journey: Journey, today: date) -> Address | None:
    """Return mostly what is put now, or what an exercise that is on asks; else anything that is asked or was answered,
    sometimes what nobody asks.
    """
    on = running(pack, journey)
    now = put(pack, journey, today=today)
    if on is not None and act.where < 8:
        step = pack.step_of_exercise[on[0].id]
        there = asked(pack, journey, step, today=today)
        now = tuple(one for one in there if pack.places[one.question].exercise == on[0].id) or now
    if now and act.where < 8:
        return _pick(now, act.value)
    found = [one for step in pack.steps for one in asked(pack, journey, step.id, today=today)]
    found += [address for address in journey.items if address not in found]
    if act.where == 15:
        found += [Address(place.question.id, "unit:borta") for place in pack.places.values() if place.step]
    return _pick(found, act.where + act.value) if found else None


def _value(question: Question, act: Act, pack: Pack, journey: Journey, person: str) -> Any:
    """Return a value such as is read from what people type for a question of this kind."""
    number = act.value
    records = [record.id for record in journey.records_in(REGISTER)]
    options = [option.id for option in getattr(question, "options", ()) or _as_options(records)]
    match question.kind:
        case "choice":
            return _pick(options, number)
        case "choices":
            return [one for index, one in enumerate(options) if number >> index & 1] or options[:1]
        case "ranking":
            return {_pick(options, number): 2, _pick(options, number + 1): 1} if options else {"ja": 3}
        case "scale":
            return 1 + number % 5
        case "number":
            return number if number % 2 else number / 2
        case "date":
            return f"2027-03-{10 + number:02}"
        case "person":
            return _pick(journey.roster.members, number).person.id
        case "unit":
            return _pick(journey.roster.units, number).id if journey.roster.units else "ingen"
        case "body":
            return "b0"
        case "list":
            return [f"sak {number}", f"sak {number % 3}"]
        case "commitment":
            items = [option.id for option in question.items]
            parties = list(parties_of(question.parties, journey, person))
            return {"confirms": items if number % 3 else items[:1], "parties": parties}
        case "decision":
            return {"body": "b0", "date": "2027-03-01", "reference": f"§ {number}", "what": "Så blir det"}
        case "file":
            return {"name": "Fil", "url": f"https://exempel.se/{number}"}
        case _:
            return f"text {number}"


def _as_options(ids: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(id="x", title=Text({"sv": id})).model_copy(update={"id": id}) for id in ids)


def _leader(pack: Pack, journey: Journey) -> PersonId:
    found = leaders(pack, journey)
    return found[0].person.id if found else journey.starter


def _day(act: Act, today: date) -> date | None:
    return None if act.value % 2 else today + timedelta(days=act.value)


def _pick(found: Any, number: int) -> Any:
    return found[number % len(found)]
