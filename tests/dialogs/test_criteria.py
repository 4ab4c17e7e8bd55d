"""What a register's records have to meet is shown where they are listed, and never blocks."""

import pytest

from dialogs.wording.registers import register_message
from tests.dialogs.builders import (
    a_journey,
    a_pack,
    a_register,
    moved,
    record_added,
    record_moved,
    text,
)
from tests.dialogs.telling import a_teller, book

STATES = [{"id": "ny", "title": text("Ny")}, {"id": "slut", "title": text("Slut"), "closed": "true"}]
CRITERIA = [
    {"id": "dagen", "title": text("Dagen är satt"), "level": "must", "rule": {"filled": "dag"}},
    {"id": "enheten", "title": text("Enheten är känd"), "level": "should", "rule": {"filled": "for"}},
]
PACK = a_pack(registers=(a_register(states=STATES, criteria=CRITERIA),))


def lacking(**fields: str) -> str:
    journey = a_journey(PACK, record_added("resa", **fields))
    return register_message(a_teller(PACK, journey), "ideer").done().text


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ["Dagen är satt", "Enheten är känd"]),
        ({"dag": "2027-01-01"}, ["Enheten är känd"]),
        ({"dag": "2027-01-01", "for": "vard"}, []),
    ],
)
def test_a_record_says_which_criteria_it_does_not_meet(fields, missing):
    told = lacking(**fields)

    assert [title for title in ("Dagen är satt", "Enheten är känd") if title in told] == missing
    assert (book().text("criteria-met", "sv", n=2) in told) is (not missing)


def test_must_and_should_are_told_apart():
    told = lacking()

    assert book().text("criterion-must", "sv", title="Dagen är satt").replace("*", "") in told
    assert book().text("criterion-should", "sv", title="Enheten är känd").replace("*", "") in told


def test_a_criterion_never_blocks_and_is_not_looked_at_once_the_record_is_closed():
    journey = moved(PACK, a_journey(PACK, record_added("resa")), record_moved("resa", "slut")).journey

    assert "Dagen är satt" not in register_message(a_teller(PACK, journey), "ideer").done().text
