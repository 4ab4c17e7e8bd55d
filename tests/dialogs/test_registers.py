"""Records are found by their ids however journeys branch, and without a look at all the others."""

from datetime import UTC, datetime

from dialogs.model.people import PersonId
from dialogs.model.records import Record, Registers

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def a_record(id: str, register: str = "insatser", state: str = "") -> Record:
    return Record(id, register, {}, state, PersonId("ada"), AT)


def found(kept: Registers, id: str) -> Record | None:
    place = kept.place_of(id)
    return None if place is None else kept[place[0]][place[1]]


def test_a_changed_record_stays_where_it_was_and_a_new_one_comes_last():
    kept = Registers({"insatser": (a_record("a"), a_record("b"))})

    after = kept.with_record(a_record("a", state="klar")).with_record(a_record("c"))

    assert [(one.id, one.state) for one in after["insatser"]] == [("a", "klar"), ("b", ""), ("c", "")]
    assert [one.state for one in kept["insatser"]] == ["", ""]


def test_what_one_branch_adds_is_not_there_in_another():
    before = Registers({"insatser": (a_record("a"),)})
    one = before.with_record(a_record("b")).with_record(a_record("c"))
    other = before.with_record(a_record("c")).with_record(a_record("d", "avtal"))

    assert [found(before, id) for id in ("b", "c", "d")] == [None, None, None]
    assert [found(one, id) for id in ("b", "c", "d")] == [a_record("b"), a_record("c"), None]
    assert [found(other, id) for id in ("b", "c", "d")] == [None, a_record("c"), a_record("d", "avtal")]
    assert other.with_record(a_record("b"))["insatser"] == (a_record("a"), a_record("c"), a_record("b"))
