"""A time zone is found by what people call it, and never guessed."""

import pytest

from dialogs.model.problem import Problem
from dialogs.values.zones import read_zone


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Stockholm", "Europe/Stockholm"),
        ("europe/stockholm", "Europe/Stockholm"),
        ("Stockholm", "Europe/Stockholm"),
        (" svensk tid ", "Europe/Stockholm"),
        ("Helsingfors", "Europe/Helsinki"),
        ("New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_name_city_or_country(said, zone):
    assert read_zone(said) == zone


def test_what_was_nearly_said_is_offered():
    found = read_zone("Stokholm")
    assert isinstance(found, Problem)
    assert (found.key, found.args["near"]) == ("zone-near", "Europe/Stockholm")


@pytest.mark.parametrize("said", ["", "Månbasen", "../../etc/passwd", "x" * 10_000])
def test_what_is_no_zone_is_told(said):
    found = read_zone(said)
    assert isinstance(found, Problem)
    assert found.key == "zone-unknown"
