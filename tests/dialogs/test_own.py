"""What one person answers for in a group, by date; and in one line where the group stands."""

from dialogs.messages import plain
from dialogs.reports.own import by_date, own_measures, registers_with_people, standing
from tests.dialogs.builders import (
    BO,
    CIA,
    a_journey,
    a_pack,
    a_question,
    a_register,
    paused,
    record_added,
    record_moved,
    signed,
    skipped,
    text,
)
from tests.dialogs.telling import a_teller

STATES = [{"id": "ny", "title": text("Ny")}, {"id": "klar", "title": text("Klar"), "closed": True}]
FIELDS = [
    {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
    {"id": "dag", "kind": "date", "title": text("Dag")},
    {"id": "ansvarig", "kind": "person", "title": text("Ansvarig")},
]
PACK = a_pack(a_question("vision"), registers=(a_register(fields=FIELDS, states=STATES),))


def test_ones_measures_come_by_date_and_those_without_one_last():
    journey = a_journey(
        PACK,
        record_added("sen", ansvarig=BO.id, dag="2026-11-01"),
        record_added("obestämd", ansvarig=BO.id),
        record_added("snar", ansvarig=BO.id, dag="2026-12-01"),
        record_added("nu", ansvarig=BO.id, dag="2026-11-21"),
    )
    found = by_date(own_measures(a_teller(PACK, journey), BO.id))
    assert [(one.record, one.day, one.late) for one in found] == [
        ("sen", "2026-11-01", True),
        ("nu", "2026-11-21", False),
        ("snar", "2026-12-01", False),
        ("obestämd", "", False),
    ]
    assert {one.state for one in found} == {"ny"}


def test_what_is_done_or_somebody_elses_is_not_ones_own():
    journey = a_journey(
        PACK,
        record_added("klar", ansvarig=BO.id),
        record_moved("klar", "klar"),
        record_added("annan", ansvarig=CIA.id),
        record_added("ingen"),
    )
    assert own_measures(a_teller(PACK, journey), BO.id) == []


def test_a_measure_that_two_groups_share_is_told_once():
    journey = a_journey(PACK, record_added("delad", ansvarig=BO.id))
    found = own_measures(a_teller(PACK, journey), BO.id)
    assert len(by_date([*found, *found])) == 1


def test_a_register_where_nobody_is_named_has_no_measures():
    assert registers_with_people(a_teller(a_pack(), a_journey(a_pack()))) == frozenset()


def test_where_a_group_stands_is_said_in_one_line():
    before = a_journey(PACK)
    assert plain(standing(a_teller(PACK, before))).startswith("Gruppen, Prov. Steg 1 av 2")
    still = a_journey(PACK, paused())
    assert "paus" in plain(standing(a_teller(PACK, still)))
    over = a_journey(PACK, skipped("vision"), signed(), signed("tva"))
    assert "Alla 2 steg är klara" in plain(standing(a_teller(PACK, over)))
