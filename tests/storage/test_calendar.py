"""What waits to be said is renewed, held and said once, and how many a week there are is counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from dialogs.calendar.budget import KEPT, MOST_A_WEEK, Budget, can_wait
from dialogs.letters import Aside, Letter, ToPerson, ToRoom
from dialogs.messages import Mention, Message, Paragraph
from dialogs.model.answers import Address
from dialogs.model.occurrence import Occurrence
from dialogs.model.terms import NEVER_QUIET, Away, PutOff, QuietHours
from dialogs.time import HOME
from storage.tables.base import table
from storage.tables.calendar import OccurrenceRow
from tests.storage.builders import NOW, TODAY, a_world, later, message

HELSINKI, KIRITIMATI, PAGO = (
    ZoneInfo(name) for name in ("Europe/Helsinki", "Pacific/Kiritimati", "Pacific/Pago_Pago")
)
ON_POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
FRIDAY = date(2026, 12, 4)
DAY = timedelta(days=1)


@pytest.fixture
def world(uow):
    return a_world(uow)


def a_thing(world, day: date = FRIDAY, *, about="m1", slot="", journey="j1", **more) -> Occurrence:
    values = {"at": time(9), "zone": HOME, "quiet": QuietHours(), "last": None} | more
    return Occurrence("record", about, slot or f"dag_{day}/day", world.bo.id, journey, day, **values)


def renew(uow, *things, today=TODAY, journey="j1"):
    with uow:
        uow.calendar.renew(journey, things, today=today)
        uow.commit()


def say(uow, *keys, state="said", why="", at=NOW):
    with uow:
        uow.calendar.done(keys, state, why, at)
        uow.commit()


def waiting(uow):
    with uow:
        return list(uow.calendar.waiting())


def due(uow, now, journey="j1"):
    with uow:
        return list(uow.calendar.to_say(now, journey))


def rows(engine):
    kept = table(OccurrenceRow)
    with engine.connect() as connection:
        found = connection.execute(select(kept.c.key, kept.c.state, kept.c.why, kept.c.at)).all()
    return {row.key: (row.state, row.why, row.at) for row in found}


def morning(day: date, hour: int = 9, minute: int = 0, zone: ZoneInfo = HOME) -> datetime:
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


# ------------------------------------------------------------------------------------------------ renew


def test_what_is_wanted_comes_back_as_it_went_in(uow, world):
    things = [
        a_thing(world),
        a_thing(world, about="m2", zone=KIRITIMATI, quiet=NEVER_QUIET, at=time(0, 5), last=FRIDAY + DAY),
    ]

    renew(uow, *things)

    assert waiting(uow) == things


def test_what_is_wanted_twice_is_there_once(uow, world):
    renew(uow, a_thing(world))
    renew(uow, a_thing(world))

    assert waiting(uow) == [a_thing(world)]


def test_what_was_past_when_it_was_first_wanted_is_not_added(uow, world):
    renew(uow, a_thing(world, TODAY - DAY), a_thing(world, TODAY, about="m2"))

    assert [one.about for one in waiting(uow)] == ["m2"]


def test_what_has_waited_past_its_day_waits_on(uow, world):
    renew(uow, a_thing(world))
    renew(uow, a_thing(world), today=FRIDAY + 3 * DAY)

    assert waiting(uow) == [a_thing(world)]


@pytest.mark.parametrize(
    "change",
    [
        {"day": FRIDAY + DAY}, {"at": time(10)}, {"zone": HELSINKI}, {"quiet": NEVER_QUIET}, {"last": FRIDAY + 9 * DAY},
    ],
)  # fmt: skip
def test_what_has_changed_under_its_key_is_moved(uow, world, change):
    renew(uow, a_thing(world))
    moved = replace(a_thing(world), **change)

    renew(uow, moved)

    assert waiting(uow) == [moved]


def test_what_is_no_longer_wanted_is_retired_and_its_key_kept(uow, world, engine):
    gone, kept = a_thing(world), a_thing(world, about="m2")
    renew(uow, gone, kept)
    renew(uow, kept)

    assert waiting(uow) == [kept]
    assert rows(engine)[gone.key][0] == "retired"


def test_what_was_retired_and_is_wanted_again_waits_again_on_its_new_day(uow, world):
    one = a_thing(world)
    renew(uow, one)
    renew(uow)

    renew(uow, replace(one, day=FRIDAY + 7 * DAY))

    assert [thing.day for thing in waiting(uow)] == [FRIDAY + 7 * DAY]


def test_what_was_retired_and_is_past_now_stays_so(uow, world):
    renew(uow, a_thing(world))
    renew(uow)

    renew(uow, a_thing(world), today=FRIDAY + DAY)

    assert waiting(uow) == []


@pytest.mark.parametrize(
    ("state", "why"), [("said", ""), ("skipped", "a newer one took its place"), ("skipped", "nothing to say")]
)
def test_what_was_said_or_skipped_never_comes_again(uow, world, engine, state, why):
    one = a_thing(world)
    renew(uow, one)
    say(uow, one.key, state=state, why=why)

    renew(uow, one)
    renew(uow)
    renew(uow, replace(one, day=FRIDAY + 7 * DAY))

    assert waiting(uow) == []
    assert rows(engine)[one.key][0] == state


def test_what_is_wanted_no_more_and_has_lost_its_meaning_is_skipped_with_the_reason(uow, world, engine):
    last_week, this_week = a_thing(world, last=FRIDAY), a_thing(world, FRIDAY + 3 * DAY, about="m2")
    renew(uow, last_week)

    renew(uow, this_week, today=FRIDAY + DAY)

    assert rows(engine)[last_week.key][:2] == ("skipped", "past its meaning")
    assert waiting(uow) == [this_week]


def test_on_its_last_day_it_is_retired_like_anything_that_is_wanted_no_more(uow, world, engine):
    one = a_thing(world, last=FRIDAY)
    renew(uow, one)

    renew(uow, today=FRIDAY)

    assert rows(engine)[one.key][0] == "retired"


@pytest.mark.parametrize("by", ["renewing", "saying"])
def test_what_a_clock_that_had_gone_ahead_called_past_comes_on_its_day_all_the_same(uow, world, engine, by):
    one = a_thing(world, last=FRIDAY + DAY)
    renew(uow, one)
    if by == "renewing":
        renew(uow, today=FRIDAY + 365 * DAY)
    else:
        say(uow, one.key, state="skipped", why="past its meaning", at=later(9_000))
    assert rows(engine)[one.key][:2] == ("skipped", "past its meaning")

    renew(uow, one)

    assert waiting(uow) == [one]
    assert rows(engine)[one.key] == ("due", "", None)


def test_what_is_past_its_meaning_stays_so_while_the_clock_goes_on(uow, world):
    one = a_thing(world, last=FRIDAY)
    renew(uow, one)
    say(uow, one.key, state="skipped", why="past its meaning")

    renew(uow, one, today=FRIDAY)

    assert waiting(uow) == []


def test_one_journey_is_renewed_and_no_other(uow, world):
    a_world(uow, channel="C2", id="j2")
    mine, other = a_thing(world), a_thing(world, about="m2", journey="j2")
    renew(uow, mine)
    renew(uow, other, journey="j2")

    renew(uow)

    assert waiting(uow) == [other]


# ------------------------------------------------------------------------------------------------ due


def test_nothing_is_due_before_its_minute(uow, world):
    renew(uow, a_thing(world))

    assert due(uow, morning(FRIDAY, 8, 59)) == []
    assert due(uow, morning(FRIDAY)) == [a_thing(world)]


@pytest.mark.parametrize("zone", [KIRITIMATI, PAGO, HOME])
def test_the_day_begins_where_the_person_is(uow, world, zone):
    renew(uow, a_thing(world, zone=zone))
    at_nine = morning(FRIDAY, zone=zone)

    assert due(uow, at_nine - timedelta(minutes=1)) == []
    assert due(uow, at_nine) == [a_thing(world, zone=zone)]


def test_the_oldest_comes_first(uow, world):
    first, second = a_thing(world, FRIDAY - DAY, about="z"), a_thing(world, about="a")
    renew(uow, second, first)

    assert due(uow, morning(FRIDAY)) == [first, second]


def test_the_journeys_are_named_that_wait_longest_first(uow, world):
    a_world(uow, channel="C2", id="j2")
    renew(uow, a_thing(world), a_thing(world, about="m3"))
    renew(uow, a_thing(world, FRIDAY - DAY, about="m2", journey="j2"), journey="j2")

    with uow:
        assert uow.calendar.due(morning(FRIDAY)).journeys == ("j2", "j1")
        assert uow.calendar.due(morning(FRIDAY - DAY)).journeys == ("j2",)


def test_a_journey_where_everybody_sleeps_is_not_named(uow, world):
    renew(uow, a_thing(world))

    with uow:
        assert uow.calendar.due(morning(FRIDAY, 20)).journeys == ()
        assert uow.calendar.due(morning(FRIDAY + DAY, 8)).journeys == ("j1",)


def test_however_much_is_due_each_journey_is_named(uow, world):
    a_world(uow, channel="C2", id="j2")
    renew(uow, *(a_thing(world, FRIDAY - DAY, about=f"m{n}") for n in range(600)))
    renew(uow, a_thing(world, about="other", journey="j2"), journey="j2")

    with uow:
        assert uow.calendar.due(morning(FRIDAY)).journeys == ("j1", "j2")


def test_whoever_hears_of_something_now_hears_of_all_of_it(uow, world):
    theirs = [replace(a_thing(world, about=f"a{n}"), recipient=world.anna.id) for n in range(2)]
    his = [a_thing(world, about=f"b{n}") for n in range(4)]
    renew(uow, *theirs, *his)

    with uow:
        assert uow.calendar.to_say(morning(FRIDAY), "j1", most=1) == tuple(theirs)
        assert uow.calendar.to_say(morning(FRIDAY), "j1", most=3) == (*theirs, *his)


def test_what_is_said_is_due_no_more_and_says_when(uow, world, engine):
    said, skipped = a_thing(world), a_thing(world, about="m2")
    renew(uow, said, skipped)

    say(uow, said.key, at=later(1))
    say(uow, skipped.key, state="skipped", why="past its meaning", at=later(2))

    assert due(uow, morning(FRIDAY)) == []
    kept = rows(engine)
    assert (kept[said.key][:2], kept[skipped.key][:2]) == (("said", ""), ("skipped", "past its meaning"))


def test_what_was_said_is_not_marked_again(uow, world, engine):
    one = a_thing(world)
    renew(uow, one)
    say(uow, one.key, at=later(1))
    before = rows(engine)

    say(uow, one.key, state="skipped", why="past its meaning", at=later(2))

    assert rows(engine) == before


def test_what_isnt_committed_is_due_still(uow, world):
    one = a_thing(world)
    renew(uow, one)
    with uow:
        uow.calendar.done([one.key], "said", "", NOW)

    assert due(uow, morning(FRIDAY)) == [one]


@ON_POSTGRESQL
def test_one_clock_holds_a_journey_and_another_goes_on_with_the_next(uow, other, world):
    with uow, other:
        assert uow.calendar.hold("j1")
        assert uow.calendar.hold("j1")
        assert not other.calendar.hold("j1")
        assert other.calendar.hold("j2")
        uow.commit()
        assert other.calendar.hold("j1")


@ON_POSTGRESQL
def test_what_somebody_else_has_in_hand_is_passed_by(uow, other, world):
    mine, free = a_thing(world), a_thing(world, about="m2")
    renew(uow, mine, free)
    with uow, other:
        uow.calendar.done([mine.key], "said", "", NOW)
        assert len(uow.calendar.waiting()) == 1  # it is written

        assert other.calendar.to_say(morning(FRIDAY), "j1") == (free,)


def test_somebody_who_is_to_hear_of_two_journeys_is_named_with_both(uow, world):
    another = a_world(uow, channel="C2", id="j2")
    renew(uow, a_thing(world))
    theirs = replace(a_thing(world, about="m2", journey="j2"), recipient=another.bo.id)
    renew(uow, theirs, a_thing(world, about="m3", journey="j2"), journey="j2")

    with uow:
        found = uow.calendar.due(morning(FRIDAY))

    assert found.shared == {world.bo.id: ("j1", "j2")}


def test_what_is_taken_is_what_is_still_due(uow, world):
    said, due = a_thing(world), a_thing(world, about="m2")
    renew(uow, said, due)
    say(uow, said.key)

    with uow:
        assert uow.calendar.take([said.key, due.key, "nothing"]) == {due.key}


def test_an_occurrence_is_known_by_its_key_whatever_became_of_it(uow, world):
    said, gone = a_thing(world), a_thing(world, FRIDAY - DAY, about="m2")
    renew(uow, said, gone)
    say(uow, said.key)
    renew(uow, said)

    with uow:
        assert uow.calendar.known([said.key, gone.key, "nothing"]) == (gone, said)
        assert uow.calendar.known([]) == ()


# ------------------------------------------------------------------------------------------------ how many a week


def reminder(person, key, *things) -> Letter:
    return Letter(key, ToPerson(person.id), message("hej"), reminds=True, things=things)


def naming(person, key, **more) -> Letter:
    return Letter(key, ToRoom("j1"), Message("hej", (Paragraph((Mention(person.id, "Bo"),)),)), **more)


def post(uow, *letters, at=NOW):
    with uow:
        uow.outbox.post(letters, at)
        uow.commit()


def heard(uow, person, since=NOW - 7 * DAY):
    with uow:
        return list(uow.calendar.heard([person.id], since).get(person.id, ()))


def test_a_reminder_and_a_message_that_names_somebody_count(uow, world):
    post(uow, reminder(world.bo, "a"), at=later(1))
    post(uow, naming(world.bo, "b"), at=later(2))

    assert sorted(heard(uow, world.bo)) == [later(1), later(2)]
    assert heard(uow, world.bo, since=later(2)) == [later(2)]
    assert heard(uow, world.anna) == []


def test_what_nobody_notices_does_not_count(uow, world):
    post(
        uow,
        Letter("answer", ToPerson(world.bo.id), message("hej")),
        naming(world.bo, "edit", how="edit", journey="j1", address=Address("vision")),
        Letter("aside", Aside(world.room.id, world.bo.id), naming(world.bo, "x").message),
    )

    assert heard(uow, world.bo) == []


def test_the_same_letter_counts_once(uow, world):
    post(uow, reminder(world.bo, "a"))
    post(uow, reminder(world.bo, "a"), at=later(5))

    assert heard(uow, world.bo) == [NOW]


@pytest.mark.parametrize(
    "slot", ["dag_2026-12-04/ahead-5", "dag_2026-12-04/day", "2026-W49", "2026-12-04/later"]
)
@pytest.mark.parametrize("rule", ["record", "undated", "weekly", "checkpoint"])
@pytest.mark.parametrize("used", range(6))
@pytest.mark.e2e
def test_whose_week_is_full_is_not_due_by_the_same_rule_as_in_the_calendar(uow, world, rule, slot, used):
    """What can wait is told in SQL too: the two must agree."""
    one = replace(a_thing(world, slot=slot), rule=rule)
    renew(uow, one)
    post(uow, *(reminder(world.bo, f"k{n}") for n in range(used)), at=morning(FRIDAY - DAY))

    with uow:
        found = uow.calendar.due(morning(FRIDAY)).journeys

    theirs = Budget(MOST_A_WEEK["standard"], used, KEPT["standard"])
    assert bool(found) == theirs.allows(urgent=not can_wait(one))


def test_the_next_week_is_another(uow, world):
    renew(uow, a_thing(world))
    post(uow, *(reminder(world.bo, f"k{n}") for n in range(5)), at=morning(FRIDAY - DAY))

    with uow:
        assert uow.calendar.due(morning(FRIDAY)).journeys == ()
        assert uow.calendar.due(morning(FRIDAY + 3 * DAY)).journeys == ("j1",)


def test_the_latest_reminder_is_the_one_that_said_something(uow, world):
    first, second = a_thing(world), a_thing(world, about="m2")
    renew(uow, first, second)
    post(uow, reminder(world.bo, "a", first.key), at=later(1))
    post(uow, reminder(world.bo, "b", second.key), at=later(2))
    post(uow, reminder(world.bo, "c"), naming(world.bo, "d"), at=later(3))

    with uow:
        assert uow.calendar.latest(world.bo.id) == (second,)
        assert uow.calendar.latest(world.anna.id) == ()


# ------------------------------------------------------------------------------------------------ thoughts


def test_a_thought_is_noted_once_in_a_slot(uow, world):
    with uow:
        assert uow.calendar.note_thought("j1", "tanke", "2026-11", world.bo.id, NOW)
        assert not uow.calendar.note_thought("j1", "tanke", "2026-11", world.bo.id, later(60))
        assert uow.calendar.note_thought("j1", "tanke", "2026-12", world.bo.id, NOW)
        assert uow.calendar.note_thought("j1", "tanke", "2026-11", world.anna.id, NOW)
        uow.commit()

    renew(uow)
    with uow:
        assert not uow.calendar.note_thought("j1", "tanke", "2026-12", world.bo.id, NOW)
        assert uow.calendar.waiting() == ()


def test_whether_a_thought_was_said_is_only_looked_at(uow, world):
    with uow:
        assert not uow.calendar.has_thought("j1", "tanke", "2026-11", world.bo.id)
        assert uow.calendar.note_thought("j1", "tanke", "2026-11", world.bo.id, NOW)
        assert uow.calendar.has_thought("j1", "tanke", "2026-11", world.bo.id)


# ------------------------------------------------------------------------------------------------ later, and a pause


def test_what_somebody_puts_off_is_kept_and_a_newer_wish_takes_its_place(uow, world):
    with uow:
        uow.calendar.put_off("j1", PutOff("m1", world.bo.id, FRIDAY))
        uow.calendar.put_off("j1", PutOff("m1", world.anna.id, FRIDAY))
        uow.calendar.put_off("j1", PutOff("m1", world.bo.id, FRIDAY + DAY))
        uow.commit()

        kept = uow.calendar.put_off_in("j1")
        assert sorted(kept, key=lambda one: one.day) == [
            PutOff("m1", world.anna.id, FRIDAY), PutOff("m1", world.bo.id, FRIDAY + DAY)
        ]  # fmt: skip
        assert uow.calendar.put_off_in("j2") == ()


def test_a_pause_is_kept_changed_and_ended(uow, world):
    with uow:
        assert uow.calendar.pause_of("j1") is None
        uow.calendar.pause("j1", Away(TODAY, FRIDAY))
        uow.calendar.pause("j1", Away(TODAY, FRIDAY + DAY))
        uow.commit()
        assert uow.calendar.pause_of("j1") == Away(TODAY, FRIDAY + DAY)

        uow.calendar.pause("j1", None)
        uow.commit()
        assert uow.calendar.pause_of("j1") is None
