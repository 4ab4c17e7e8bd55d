"""Journeys are there again with all that was said, and two writers never overwrite each other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.events import Drafted, Paused, RecordAdded, Settled, Skipped
from dialogs.model.answers import Address, Answer, ConsentRound, Contribution, Draft, Item, Skip, Voice
from dialogs.model.journey import Page, Signed
from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.ports import JourneyRef, Needs
from storage import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import (
    NEEDS_VISION,
    NOW,
    TODAY,
    VISION,
    a_journey,
    a_world,
    contribute,
    contributed,
    with_contribution,
)


def full_item(by) -> Item:
    voice = Voice(by, "concern", "för tidigt", NOW)
    return Item(
        VISION,
        contributions=(Contribution("c1", {"text": "ja", "n": [1, 2.5, None, True]}, NOW, by, by),),
        taken_part=(),
        draft=Draft("utkast", by, NOW),
        round=ConsentRound("förslag", by, NOW, 2, TODAY, (voice,), "ratified"),
        answer=Answer(2, ["a", "b"], by, NOW, "consent", "ny bild", (voice,)),
        reopened="",
        skipped=Skip(by, NOW, "senare"),
        review="mal",
        waiting=True,
        last_day=TODAY,
        revisions=3,
    )


def test_a_journey_comes_back_whole(uow):
    world = a_world(uow)
    item = full_item(world.anna.id)
    page = Page({VISION.key: "settled"}, (VISION.key,), 2, 1)
    after = replace(
        world.journey.with_item(item).with_page("malbild", page),
        language="en",
        state="paused",
        group_state="permanent",
        at_once=5,
        version="1.1.0",
        signed={"malbild": Signed(world.anna.id, NOW, ("vision",))},
        sequence=1,
    )
    event = Paused(by=world.anna.id, at=NOW)
    with uow:
        uow.journeys.save(uow.journeys.head("j1"), after, [("", event)])
        uow.commit()
    with uow:
        assert uow.journeys.whole("j1") == after
        assert uow.journeys.get("j1", NEEDS_VISION) == after
        assert list(uow.journeys.events("j1")) == [event]


def test_a_journey_starts_with_what_it_holds(uow):
    world = a_world(uow)
    begun = replace(
        a_journey(world.organisation, world.group, world.anna, id="j2"), pages={"malbild": Page(asked=3)}
    )
    with uow:
        uow.journeys.start(begun, world.room.id)

        assert uow.journeys.whole("j2") == replace(begun, roster=world.journey.roster)
        assert uow.journeys.room("j2") == world.room
        assert uow.journeys.room("none") is None


def test_nobody_finds_a_journey_that_is_not_there(uow):
    with uow, pytest.raises(KeyError):
        uow.journeys.get("none", Needs())


def many(journey):
    """Two questions, one of them put to two units, in two steps; and two records."""
    addresses = [Address("a"), Address("b", "unit:1"), Address("b", "unit:2")]
    for address in addresses:
        journey = journey.with_item(Item(address, last_day=TODAY))
    return journey.with_page("one", Page(asked=1)).with_page("two", Page(asked=2))


def test_a_turn_reads_what_it_needs_and_no_more(uow):
    world = a_world(uow)
    with uow:
        uow.journeys.save(world.journey, many(world.journey), [])
        uow.commit()

    def read(**needs):
        with uow:
            journey = uow.journeys.get("j1", Needs(**{name: frozenset(what) for name, what in needs.items()}))
        return sorted(journey.pages), sorted(address.key for address in journey.items)

    assert read() == ([], [])
    assert read(steps={"one"}) == (["one"], [])
    assert read(addresses={Address("b", "unit:2")}) == ([], ["b|unit:2|"])
    assert read(questions={"b"}) == ([], ["b|unit:1|", "b|unit:2|"])
    assert read(steps={"one", "none"}, addresses={Address("a"), Address("c")}) == (["one"], ["a||"])
    assert read(steps={"two"}, questions={"a"}) == (["two"], ["a||"])
    assert read(addresses={Address("a")}, questions={"a", "b"}) == ([], ["a||", "b|unit:1|", "b|unit:2|"])
    assert read(steps={"one"}, addresses={Address("a")}, questions={"b"})[1] == [
        "a||",
        "b|unit:1|",
        "b|unit:2|",
    ]


def test_what_a_transaction_has_read_it_does_not_read_again(uow):
    world = a_world(uow)
    with uow:
        uow.journeys.save(world.journey, many(world.journey), [])
        uow.commit()

    with uow:
        uow.journeys.get("j1", Needs(steps=frozenset({"one"})))
        again = uow.journeys.head("j1")

    assert again.page("one").asked


def test_filling_leaves_alone_what_is_held(uow):
    world = a_world(uow)
    with uow:
        uow.journeys.save(world.journey, many(world.journey), [])
        held = (
            uow.journeys.head("j1")
            .with_item(Item(Address("a"), waiting=True))
            .with_page("one", Page(asked=9))
        )

        filled = uow.journeys.fill(
            held, Needs(frozenset({"one", "two"}), frozenset({Address("a")}), frozenset({"a", "b"}))
        )

        assert filled.item(Address("a")).waiting
        assert filled.page("one").asked == 9
        assert filled.page("two").asked == 2
        assert len(filled.items) == 3
        assert uow.journeys.fill(filled, Needs(frozenset({"one"}))) is filled


def test_the_journal_keeps_events_as_they_were_and_by_address(uow):
    world = a_world(uow)
    by = world.anna.id
    events = [
        contributed(world.anna, "c1", "ja"),
        Drafted(by=by, at=NOW, address=VISION, value={"x": 1}),
        Skipped(by=by, at=NOW, address=Address("b", "unit:1", "2027"), reason="sen"),
        RecordAdded(by=by, at=NOW, register="measures", id="r1", fields={"title": "Ett"}),
    ]
    with uow:
        for event in events:
            before = uow.journeys.head("j1")
            uow.journeys.save(before, before.counted(), [("malbild", event)])

        assert list(uow.journeys.events("j1")) == events
        assert list(uow.journeys.events("j1", VISION)) == events[:2]
        assert list(uow.journeys.events("j1", Address("b", "unit:1", "2027"))) == events[2:3]


def test_events_that_were_not_counted_are_a_bug(uow):
    world = a_world(uow)
    with uow, pytest.raises(ValueError, match="1 events"):
        uow.journeys.save(world.journey, world.journey, [("", Paused(by=world.anna.id, at=NOW))])


def write(uow, before, after, event):
    uow.journeys.save(before, after, [("malbild", event)])
    uow.commit()


def test_of_two_who_write_at_once_the_second_is_told(uow, other):
    world = a_world(uow)
    with uow:
        stale = uow.journeys.get("j1", NEEDS_VISION)
    contribute(other, "j1", contributed(world.bo, "c1", "mitt"))

    event = contributed(world.anna, "c2", "ditt")
    with uow, pytest.raises(Conflict):
        write(uow, stale, with_contribution(stale, event), event)

    with uow:
        [kept] = uow.journeys.whole("j1").item(VISION).contributions
    assert kept.id == "c1"


@pytest.mark.parametrize("whole", [False, True])
def test_whoever_writes_a_head_that_another_wrote_is_told(uow, other, whole):
    a_world(uow)
    with uow:
        stale = uow.journeys.head("j1")
    with other:
        other.journeys.refresh(replace(other.journeys.head("j1"), state="paused"))
        other.commit()
    with uow:
        read = uow.journeys.head("j1")
        uow.commit()
        changed = replace(stale, state="closed") if whole else stale
        event = Paused(by=stale.starter, at=NOW)
        uow.journeys.save(read, replace(changed, sequence=1), [("", event)])
        uow.commit()

    with uow, pytest.raises(Conflict):
        write(uow, stale, replace(changed, sequence=1), event)
    with uow:
        assert [*uow.journeys.events("j1")] == [event]


def test_whoever_writes_a_journey_that_was_taken_away_is_told(uow, other, engine):
    world = a_world(uow, practice=True)
    event = contributed(world.anna, "c1", "ja")
    with uow:
        seen = uow.journeys.get("j1", NEEDS_VISION)
        if engine.dialect.name == "sqlite":
            uow.commit()  # nobody else writes while this one does
        with other:
            other.journeys.remove("j1")
            other.commit()
        with pytest.raises(Conflict):
            write(uow, seen, with_contribution(seen, event), event)


def test_both_contributions_are_there_after_a_second_try(uow, other):
    world = a_world(uow)
    with uow:
        stale = uow.journeys.get("j1", NEEDS_VISION)
    contribute(other, "j1", contributed(world.bo, "c1", "mitt"))
    event = contributed(world.anna, "c2", "ditt")
    with uow, pytest.raises(Conflict):
        write(uow, stale, with_contribution(stale, event), event)

    contribute(uow, "j1", event)

    with uow:
        item = uow.journeys.whole("j1").item(VISION)
    assert [one.id for one in item.contributions] == ["c1", "c2"]


def test_people_who_answer_at_the_same_instant_are_all_there(uow, engine):
    world = a_world(uow)

    def answer(person):
        own = SqlUnitOfWork(engine)
        for number in range(10):
            event = contributed(person, f"{person.name}{number}", number)
            for _ in range(1000):
                try:
                    contribute(own, "j1", event)
                except Conflict:
                    continue
                break

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(answer, (world.anna, world.bo)))

    with uow:
        journey = uow.journeys.whole("j1")
        assert journey.sequence == len(list(uow.journeys.events("j1"))) == 20
    assert {one.id for one in journey.item(VISION).contributions} == {
        f"{name}{number}" for name in ("Anna", "Bo") for number in range(10)
    }


def test_a_turn_that_saw_an_older_roster_is_told(uow, other, engine):
    world = a_world(uow)
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite's writers come one after the other")
    with uow:
        seen = uow.journeys.get("j1", NEEDS_VISION)
        with other:
            other.groups.put_member(world.group, Member(other.people.add("Cecilia")), on=TODAY)
            other.journeys.refresh(other.journeys.whole("j1"))
            other.commit()
        event = contributed(world.anna, "c1", "ja")
        with pytest.raises(Conflict):
            write(uow, seen, with_contribution(seen, event), event)


def test_refreshing_writes_without_an_event(uow):
    world = a_world(uow)
    with uow:
        uow.journeys.refresh(many(replace(world.journey, state="closed")))
        uow.commit()
    with uow:
        assert uow.journeys.whole("j1") == many(replace(world.journey, state="closed"))
        assert list(uow.journeys.events("j1")) == []


def test_a_journey_is_found_by_room_group_and_member(uow):
    world = a_world(uow)
    ref = JourneyRef(
        "j1", world.organisation, "Arbetsgruppen", "eu-coachmetoden", "1.0.0", "sv", "active", False
    )
    with uow:
        assert uow.journeys.in_room(world.room.id) == [ref]
        assert uow.journeys.of_group(world.group) == [ref]
        assert uow.journeys.of_person(world.bo.id) == [ref]
        assert uow.journeys.all() == [ref]

        uow.groups.remove_member(world.group, world.bo.id, on=TODAY)

        assert uow.journeys.of_person(world.bo.id) == []


def test_journeys_are_found_whose_round_should_be_over(uow):
    world = a_world(uow)
    late = ConsentRound("förslag", world.anna.id, NOW, 2, TODAY)
    with uow:
        uow.journeys.save(world.journey, world.journey.with_item(Item(VISION, round=late)), [])

        assert uow.journeys.with_late_rounds(TODAY) == ()
        assert uow.journeys.with_late_rounds(TODAY + timedelta(days=1)) == ("j1",)
        assert uow.journeys.open_rounds(["j1", "another"]) == [("j1", VISION)]
        assert uow.journeys.open_rounds(["another"]) == []


def record(id: str, **more) -> Record:
    return Record(id, "measures", {"title": id}, "planned", "p1", NOW, **more)


def test_records_belong_to_their_scope(uow):
    world = a_world(uow)
    needs = Needs(registers=frozenset({"measures", "trips"}))
    with uow:
        stranger = uow.organisations.add("Öby")
        theirs = uow.groups.add(stranger, "Deras")
        ours = uow.groups.add(world.organisation, "Annan")
        scopes = [
            ("group", world.organisation, world.group), ("other-group", world.organisation, ours),
            ("organisation", world.organisation, None), ("other-organisation", stranger, None),
            ("other-both", stranger, theirs), ("shared", "", None),
        ]  # fmt: skip
        for id, organisation, group in scopes:
            uow.records.save(record(id), organisation=organisation, group=group, journey="j1")

        found = uow.journeys.get("j1", needs)

        assert [one.id for one in found.records_in("measures")] == ["group", "organisation", "shared"]
        assert found.records["trips"] == ()
        assert uow.journeys.whole("j1").records_in("measures") == found.records_in("measures")


def test_a_record_keeps_its_revisions_and_its_place(uow):
    world = a_world(uow)
    first, second = record("r1"), record("r2")
    changed = first.changed({"title": "ny"}, by=world.anna.id, at=NOW).moved("done", by=world.anna.id, at=NOW)
    with uow:
        for one in (first, second, changed):
            uow.records.save(one, organisation=world.organisation, group=world.group, journey="j1")

        found = uow.journeys.get("j1", Needs(registers=frozenset({"measures"})))
        assert found.records_in("measures") == (changed, second)
        assert uow.records.history("r1") == [first, changed]
        with pytest.raises(Conflict):
            uow.records.save(changed, organisation=world.organisation, group=world.group, journey="j1")


def test_a_practice_journey_keeps_to_itself_and_goes_away_without_trace(uow):
    world = a_world(uow)
    needs = Needs(registers=frozenset({"measures"}))
    with uow:
        uow.records.save(record("real"), organisation=world.organisation, group=world.group, journey="j1")
        practice = a_journey(world.organisation, world.group, world.anna, id="p1", practice=True)
        uow.journeys.start(practice, world.room.id)
        uow.records.save(record("trial"), organisation=world.organisation, group=world.group, journey="p1")

        assert [one.id for one in uow.journeys.get("p1", needs).records_in("measures")] == ["trial"]
        assert [one.id for one in uow.journeys.get("j1", needs).records_in("measures")] == ["real"]
        uow.commit()
    contribute(uow, "p1", contributed(world.anna, "c1", "ja"))
    with uow:
        uow.journeys.remove("p1")

        with pytest.raises(KeyError):
            uow.journeys.head("p1")
        assert uow.records.history("trial") == []
        with pytest.raises(ValueError, match="no practice"):
            uow.journeys.remove("j1")


texts = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=values,
    why=texts,
    day=st.dates(date(1900, 1, 1)),
    at=st.datetimes().map(lambda at: at.replace(tzinfo=NOW.tzinfo)),
)
def test_whatever_is_answered_comes_back(uow, value, why, day, at):
    with uow:
        if not uow.journeys.all():
            organisation = uow.organisations.add("Ängby")
            anna = uow.people.add("Anna")
            group = uow.groups.add(organisation, "Gruppen")
            room = uow.rooms.find("terminal", "", "C1", private=False)
            uow.journeys.start(a_journey(organisation, group, anna), room.id)
        before = uow.journeys.whole("j1")
        item = Item(VISION, answer=Answer(1, value, before.starter, at, "direct", why), last_day=day)
        event = Settled(by=before.starter, at=at, address=VISION, value=value, why=why)
        after = before.with_item(item).counted()

        uow.journeys.save(before, after, [("malbild", event)])

        assert uow.journeys.whole("j1") == after
        assert list(uow.journeys.events("j1"))[-1] == event
        uow.commit()
