"""Random things that people do in a group with a random method, for hypothesis to draw from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from content.pack import Pack
from content.schema.base import Option, Text
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
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from tests.dialogs.random_packs import MORNING, REGISTER, STATES


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
