"""An exercise that is held again, or broken off: each time has a result of its own, and nothing is lost."""

import pytest

from dialogs.effects import (
    Ask,
    ExerciseBegan,
    ExerciseStopped,
    MarkedForReview,
    PhaseIsOn,
    Progress,
    StepReady,
)
from dialogs.events import ExerciseBrokenOff
from dialogs.flows.exercises import unheard
from dialogs.model.answers import Address
from dialogs.model.exercise import Branch, Paired, Tree
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    NOW,
    a_journey,
    a_pack,
    a_question,
    after,
    contributed,
    effects,
    record_added,
    refusal,
    settled,
)  # fmt: skip
from tests.dialogs.test_exercises import (
    INTERVIEWS,
    PACK,
    begun,
    end,
    go_on,
    put,
    result,
    start,
    through_the_channel,
)

TOLD, PICTURE = Address("berattat"), Address("bilden")
FIRST = Paired(
    (("Ada Ek", ("Korta beslut",)), ("Bo Dahl", ("Möten i tid",)), ("Cia Berg", ("Vi lyssnar",))),
    ("Det som håller är tiden",),
)


def stop(exercise="intervjuer", by=ADA):
    return ExerciseBrokenOff(by=by.id, at=NOW, exercise=exercise)


@pytest.fixture
def held():
    """A journey that has held it once."""
    return through_the_channel(begun())


def test_held_again_it_asks_everything_anew(held):
    again = after(PACK, held, start(), go_on())
    assert result(held) == FIRST
    assert result(again) == Paired((), ())
    assert put(again) == ["berattat"]
    assert again.exercises["intervjuer"].number == 2
    assert [one.person for one in unheard(PACK, again, PACK.exercise_of["intervjuer"])] == [ADA, BO, CIA]


def test_each_time_has_a_result_of_its_own_and_no_revision_comes_twice(held):
    again = after(
        PACK, held, start(), go_on(), contributed("berattat", BO, "Nytt"), go_on(),
        contributed("bilden", BO, ["Ny bild"]), end(),
    )  # fmt: skip
    assert result(again) == Paired((("Bo Dahl", ("Nytt",)),), ("Ny bild",))
    assert again.item(PICTURE).answer.revision == 2
    [past] = again.exercises["intervjuer"].earlier
    assert (past.run.number, past.run.over, past.until) == (1, True, held.sequence)


def test_broken_off_a_later_time_leaves_the_earlier_result(held):
    again = after(PACK, held, start(), go_on(), contributed("berattat", BO, "Nytt"))
    assert effects(PACK, again, stop()) == (
        Progress(TOLD), Progress(PICTURE), ExerciseStopped("intervjuer"), StepReady("ett"),
    )  # fmt: skip
    stopped = after(PACK, again, stop())
    assert result(stopped) == FIRST
    assert stopped.page("ett").statuses == held.page("ett").statuses
    assert stopped.exercises["intervjuer"].over


def test_started_after_that_it_goes_on_with_what_was_put_in(held):
    stopped = after(PACK, held, start(), go_on(), contributed("berattat", BO, "Nytt"), stop())
    on = after(PACK, stopped, start(), go_on())
    assert on.exercises["intervjuer"].number == 2
    assert [one.value for one in on.item(TOLD).contributions] == ["Nytt"]
    twice = after(PACK, on, stop())
    assert result(twice) == FIRST
    assert [one.value for one in twice.item(TOLD).aside.contributions] == ["Nytt"]


def test_broken_off_the_first_time_it_keeps_what_was_put_in_and_asks_for_nothing():
    journey = after(PACK, begun(), start(), go_on(), contributed("berattat", BO, "Möten i tid"))
    assert effects(PACK, journey, stop()) == (ExerciseStopped("intervjuer"), StepReady("ett"))
    stopped = after(PACK, journey, stop())
    assert stopped.exercises == {}
    assert put(stopped) == []
    assert [one.value for one in stopped.item(TOLD).contributions] == ["Möten i tid"]
    assert effects(PACK, stopped, start()) == (ExerciseBegan("intervjuer"), PhaseIsOn("intervjuer", "fraga"))
    on = after(PACK, stopped, start())
    assert effects(PACK, on, go_on()) == (PhaseIsOn("intervjuer", "beratta"), Ask(TOLD))
    assert on.exercises["intervjuer"].number == 1


def test_only_whoever_leads_breaks_off_what_is_on(held):
    assert refusal(PACK, after(PACK, begun(), start()), stop(by=CIA)) == "only-leader"
    assert refusal(PACK, begun(), stop()) == "exercise-is-not-on"
    assert refusal(PACK, held, stop()) == "exercise-is-not-on"


def test_records_that_were_there_are_none_of_a_later_time():
    def cause(name):
        return record_added(name, question="orsak", register="orsaker")

    exercise = PACK.exercise_of["varfor"]
    once = after(PACK, begun(), start("varfor"), cause("sen"), end("varfor"))
    again = after(PACK, once, start("varfor"))
    assert result(again, "varfor") == Tree(())
    assert [one.person for one in unheard(PACK, again, exercise)] == [ADA, BO, CIA]
    assert len(again.records_in("orsaker")) == 1
    again = after(PACK, again, cause("buss"))
    assert result(again, "varfor") == Tree((Branch("Buss"),))
    stopped = after(PACK, again, stop("varfor"))
    assert result(stopped, "varfor") == result(once, "varfor") == Tree((Branch("Sen"),))
    assert after(PACK, stopped, start("varfor")).exercises["varfor"].there == ("sen",)


def test_another_answer_than_the_time_before_marks_what_builds_on_it():
    suggested = a_question("efter", **{"suggest-from": [{"question": "bilden"}]})
    pack = a_pack(a_question("forst"), exercises=[INTERVIEWS], after=[suggested])
    journey = a_journey(
        pack, contributed("forst", ADA, "Ja"), settled("forst"), start(), go_on(), go_on(),
        contributed("bilden", BO, ["Bild"]), end(), contributed("efter", BO, "Klart"), settled("efter"),
    )  # fmt: skip
    again = after(pack, journey, start(), go_on(), go_on(), contributed("bilden", BO, ["Annat"]))
    marked = MarkedForReview((Address("efter"),), PICTURE)
    assert marked in effects(pack, again, end())


def test_a_later_step_that_goes_by_its_answers_is_counted_anew():
    pack = a_pack(
        a_question("bild"), exercises=[INTERVIEWS], after=[a_question("efter", when={"answered": "bilden"})]
    )
    once = after(
        pack, a_journey(pack), settled("bild", "så"), start(), go_on(), contributed("berattat", BO, "Nytt"), go_on(),
        contributed("bilden", BO, ["Bild"]), end(),
    )  # fmt: skip
    again = after(pack, once, start())

    assert (once.page("tva").asked, again.page("tva").asked) == (1, 0)
    assert after(pack, again, stop()).page("tva").asked == 1
