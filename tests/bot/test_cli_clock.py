"""Whoever looks after the program sees what waits to be said, and rehearses what would be said at some time."""

import json

import pytest


@pytest.fixture
def waiting(run, group):
    """Let the clock look once, whatever it shows; return how to list what waits then."""
    assert run("tick")[0] == 0

    def listed():
        code, said, _ = run("reminders", "list", "--json", "--most", "500")
        assert code == 0
        return json.loads(said)

    return listed


def test_what_waits_is_listed_by_ids_and_days_the_soonest_first(waiting, run):
    rows = waiting()

    assert {row["rule"] for row in rows} == {"weekly"}
    assert len(rows) > 40
    days = [row["at"][:10] for row in rows]
    assert days == sorted(days)
    assert run("reminders", "list", "--most", "2")[1].count("weekly") == 2


def test_a_rehearsal_tells_what_would_be_said_then_and_keeps_nothing(waiting, run):
    before = waiting()

    code, said, _ = run("tick", "--now", before[-1]["at"])

    assert code == 0
    assert "Veckans knuff: Arbetsgruppen" in said
    assert waiting() == before


def test_a_time_that_is_none_is_refused(run):
    code, _, complained = run("tick", "--now", "snart")

    assert code == 2
    assert "snart" in complained
