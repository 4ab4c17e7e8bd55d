"""A queue says who waits and since when, and how long others waited; where nobody has had their turn, nothing is guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from content.schema.files import Register
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.reports.queue import queue_of

CAME = datetime(2026, 9, 1, 8, tzinfo=UTC)
TODAY = date(2026, 12, 31)
REGISTER = Register.model_validate(
    {
        "id": "stod", "title": {"sv": "Stöd"}, "singular": {"sv": "stöd"}, "what": {"sv": "Stöd"}, "scope": "group",
        "title-field": "vad", "queue": True, "fields": [{"id": "vad", "kind": "text", "title": {"sv": "Vad"}}],
        "states": [{"id": one, "title": {"sv": one}} for one in ("ny", "pagar", "klart")],
    }
)  # fmt: skip


def asked(id: str, days: int = 0) -> Record:
    return Record(id, "stod", {"vad": id}, "ny", PersonId("p"), CAME + timedelta(days=days))


def moved(record: Record, state: str, days: int) -> Record:
    return replace(record, state=state, at=CAME + timedelta(days=days), revision=record.revision + 1)


def test_who_has_waited_longest_stands_first_whatever_was_written_since():
    later, first = asked("b", 3), asked("a")
    edited = moved(first, "ny", 9)

    found = queue_of(REGISTER, [later, edited], {"a": [first, edited], "b": [later]}, TODAY)

    assert [(record.id, since) for record, since in found.waiting] == [
        ("a", date(2026, 9, 1)),
        ("b", date(2026, 9, 4)),
    ]
    assert found.waited == ()


def test_a_wait_ends_when_the_turn_comes_not_when_all_is_done():
    came = asked("a")
    begun = moved(came, "pagar", 5)
    done = moved(begun, "klart", 40)

    assert queue_of(REGISTER, [done], {"a": [came, begun, done]}, TODAY).waited == (5,)


def test_only_the_latest_say_how_long_one_waits():
    histories = {}
    for number in range(15):
        came = asked(f"r{number}", number)
        histories[came.id] = [came, moved(came, "pagar", number + (100 if number < 5 else 2))]

    found = queue_of(REGISTER, [history[-1] for history in histories.values()], histories, TODAY)

    assert sorted(found.waited) == [2] * 5 + [100] * 5


def test_whose_turn_came_more_than_a_year_ago_says_nothing_of_today():
    came = asked("a")
    begun = moved(came, "pagar", 5)

    assert queue_of(REGISTER, [begun], {"a": [came, begun]}, date(2027, 9, 7)).waited == ()
