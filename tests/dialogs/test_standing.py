"""Where a group stands, and why it may need help: facts alone, worked out from what is at hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.model.occurrence import MeetingDay
from dialogs.reports.helping import Reason, gravity, reasons
from dialogs.reports.standing import Late, Standing, standing_of
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    NOW,
    PIA,
    TODAY,
    a_journey,
    a_pack,
    a_question,
    a_register,
    contributed,
    feedback,
    record_added,
    record_moved,
    round_closed,
    round_opened,
    settled,
    signed,
    text,
    without,
)

OWNED = a_register(
    fields=[
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
        {"id": "dag", "kind": "date", "title": text("Dag")},
        {"id": "vem", "kind": "person", "title": text("Vem")},
    ],
    states=[{"id": "ny", "title": text("Ny")}, {"id": "klar", "title": text("Klar"), "closed": True}],
    reminders=[{"date": "dag", "owner": "vem"}],
)
PACK = a_pack(a_question("a"), a_question("b"), registers=[OWNED], after=[a_question("efter")])


def day(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


def standing(*events, after: int = 0, pack=PACK, meetings=(), elsewhere=(), **more) -> Standing:
    journey = a_journey(pack, *events, **more)
    return standing_of(
        pack, journey, today=TODAY + timedelta(days=after), meetings=meetings, elsewhere=elsewhere
    )


def kinds(found: Standing) -> list[str]:
    return [one.kind for one in reasons(found)]


def test_what_is_late_is_open_and_its_day_has_passed_the_oldest_first():
    found = standing(
        record_added("resa", dag=day(2), vem=BO.id),
        record_added("bok", dag=day(1)),
        record_added("kurs", dag=day(1), vem=CIA.id),
        record_added("gava", dag=day(9)),
        record_added("fri"),
        record_moved("kurs", "klar"),
        after=3,
    )

    assert found.late == (
        Late("bok", "ideer", TODAY + timedelta(days=1), None),
        Late("resa", "ideer", TODAY + timedelta(days=2), BO.id),
    )
    assert reasons(found)[0] == Reason("late", 2, TODAY + timedelta(days=1))


def test_on_the_day_itself_nothing_is_late():
    assert standing(record_added("resa", dag=day(3)), after=3).late == ()


def test_what_another_group_looks_after_is_not_late_here():
    assert standing(record_added("resa", dag=day(1)), after=3, elsewhere={"resa"}).late == ()


def test_whoever_has_left_owns_nothing():
    journey = a_journey(PACK, record_added("resa", dag=day(1), vem=BO.id))
    left = replace(journey, roster=replace(journey.roster, members=without(BO)))
    found = standing_of(PACK, left, today=TODAY + timedelta(days=3), meetings=(), elsewhere=())

    assert [one.owner for one in found.late] == [None]


@pytest.mark.parametrize(("after", "silent"), [(20, False), (21, True)])
def test_after_three_weeks_without_a_word_a_group_needs_help(after: int, silent: bool):
    found = standing(contributed("a", BO, "så"), after=after)

    assert ("silent" in kinds(found)) is silent
    assert found.life == TODAY
    assert (BO.id in found.quiet) is silent


def test_a_coach_is_no_sign_of_life():
    found = standing(feedback("a"), after=25)

    assert found.life is None
    assert reasons(found)[0] == Reason("silent", 25, None)


def test_whoever_was_silent_longest_comes_first():
    late = NOW + timedelta(days=2)
    found = standing(contributed("a", BO, "så"), contributed("a", CIA, "så", at=late), after=30)

    assert found.quiet == (ADA.id, BO.id, CIA.id)


def test_a_round_that_ran_out_is_a_reason_until_it_is_taken_up():
    ran_out = (contributed("a", BO, "så"), round_opened("a", "så"), round_closed("a"))

    assert "lapsed" in kinds(standing(*ran_out))
    assert "lapsed" not in kinds(standing(*ran_out, settled("a", "så")))


def test_roles_that_nobody_has_are_a_reason_once_the_group_has_settled_in():
    members = without(PIA)

    assert standing(members=members).nobody == ("politik", "ledning")
    assert "nobody" not in kinds(standing(settled("a", "x"), members=members, after=20))
    assert reasons(standing(members=members, after=61))[-1].roles == ("politik", "ledning")


def test_a_signed_step_waits_for_feedback_until_there_is_some():
    done = (settled("a", "x"), settled("b", "y"), signed("ett"))

    assert standing(*done).owed == ("ett",)
    assert standing(*done, feedback("a")).owed == ()
    assert standing(feedback("a"), *done).owed == ()


def test_the_next_meeting_is_the_first_of_any_body():
    first, second = MeetingDay("kf", TODAY), MeetingDay("ks", TODAY + timedelta(days=1))

    assert standing(meetings=(second, first)).meeting == first
    assert standing().meeting is None


def test_a_group_that_pauses_needs_no_help():
    found = standing(record_added("resa", dag=day(1)), after=80, state="paused")

    assert reasons(found) == ()
    assert found.quiet == ()


def test_whoever_needs_help_most_comes_first():
    fine = standing(contributed("a", BO, "så"))
    late = standing(contributed("a", BO, "så"), record_added("resa", dag=day(1)), after=3)
    silent_and_late = standing(record_added("resa", dag=day(1)), after=40)

    assert sorted([fine, late, silent_and_late], key=gravity) == [silent_and_late, late, fine]
