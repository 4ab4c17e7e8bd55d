"""Why one is reminded: the rule, the role, the day and one's own terms, told to the reader alone."""

from datetime import date

from tests.conversation.own_reminders import *  # noqa: F403 - its fixtures
from tests.conversation.own_reminders import DAY
from tests.conversation.planned import DUE, a_measure, on
from tests.conversation.talk import Talk, Told


def why(talk: Talk, told: Told, who: str = "Bo") -> Told:
    return talk.presses(who, told.to(who).button("why-reminder"), in_private=True)


def test_the_reason_names_the_rule_the_role_the_day_and_ones_own_terms(talk: Talk):
    a_measure(talk)

    ahead = why(talk, on(talk, date(2026, 9, 8)))
    assert {"why-owner", "why-ahead", "why-terms", "terms-how"} <= ahead.keys
    assert "2026-09-15" in ahead.text
    assert "why-day" in why(talk, on(talk, DUE)).keys
    assert "why-late" in why(talk, on(talk, DUE + DAY)).keys
    told = on(talk, date(2026, 9, 18))
    assert {"why-owner", "why-up"} <= why(talk, told).keys
    assert {"why-leader", "why-up"} <= why(talk, told, "Ada").keys
    assert {"why-coach", "why-up"} <= why(talk, on(talk, date(2026, 9, 25)), "Karl").keys


def test_of_what_has_no_owner_the_leader_is_told_so(talk: Talk):
    a_measure(talk, who="-")

    assert "why-leader-nobody" in why(talk, on(talk, DUE), "Ada").keys


def test_of_what_has_no_date_too(talk: Talk):
    a_measure(talk, due=None)

    assert {"why-owner", "why-undated"} <= why(talk, on(talk, date(2026, 9, 7))).keys


def test_the_nudge_says_that_one_leads_and_when_it_comes(talk: Talk):
    assert "why-weekly-before-meetings" in why(talk, on(talk, date(2026, 9, 7)), "Ada").keys
    talk.privately("Ada", "knuff tisdag 9:00")
    assert "why-weekly" in why(talk, on(talk, date(2026, 9, 15)), "Ada").keys


def test_what_was_asked_for_says_so(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))
    talk.privately("Bo", "påminn mig i morgon")

    assert {"why-owner", "why-asked"} <= why(talk, on(talk, date(2026, 9, 9))).keys


def test_of_several_things_each_has_its_reason(two: Talk):
    told = why(two, on(two, DUE))

    assert {"why-owner", "why-terms"} <= told.keys
    assert "Ring Bryssel" in told.text
    assert "Boka tåget" in told.text


def test_somebody_elses_reminder_is_not_told_of(talk: Talk):
    a_measure(talk)
    button = on(talk, DUE).to("Bo").button("why-reminder")

    assert "old-button" in talk.presses("Cia", button, in_private=True).keys


def test_whoever_has_left_one_of_several_groups_is_told_so_and_not_what_the_measure_is_called_by_now(
    two: Talk,
):
    told = on(two, DUE)
    two.says("Ada", "ta bort person: Bo")

    told = why(two, told)

    assert {"why-left", "why-owner"} <= told.keys
    assert "Ring Bryssel" not in told.text
    assert "Boka tåget" in told.text
