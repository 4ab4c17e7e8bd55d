"""From when until when, as people write it."""

from datetime import time

import pytest

from dialogs.values.clock_times import read_span


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("09:00–12:00", (time(9), time(12))),
        ("9-12", (time(9), time(12))),
        ("kl. 9.30 till 12", (time(9, 30), time(12))),
        ("kl 13", (time(13), None)),
        ("9 to 11:45", (time(9), time(11, 45))),
        ("13.30", (time(13, 30), None)),
        ("09:30:00", (time(9, 30), None)),
        ("09:30:00-11:00:00", (time(9, 30), time(11))),
        ("12:00–09:00", (time(12), None)),
        ("eftermiddag", None),
        ("25:00", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(said, meant):
    assert read_span(said) == meant
