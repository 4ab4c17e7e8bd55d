"""What is due is said once, to the right person, at a good moment; and one press answers it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from dialogs.time import HOME
from storage import schema
from tests.conversation.own_packs import install
from tests.conversation.planned import DUE, a_measure, actions, begun, on
from tests.conversation.talk import Talk, Told


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    return begun(tmp_path_factory.mktemp("reminders") / "begun.db")


@pytest.fixture
def talk(planned_file: Talk, tmp_path: Path) -> Iterator[Talk]:
    talk = planned_file.on_a_copy(tmp_path / "coach.db")
    yield talk
    talk.close()


def reminded(told: Told) -> set[str]:
    return {one.room.external for one in told.letters}


def test_the_owner_is_reminded_ahead_on_the_day_and_late_and_nobody_else_is(talk: Talk):
    a_measure(talk)

    assert "record-ahead" in keys_of(talk, date(2026, 9, 8))
    assert "record-day" in keys_of(talk, DUE)
    assert "record-late" in keys_of(talk, date(2026, 9, 16))


def keys_of(talk: Talk, day: date, who: str = "Bo") -> set[str]:
    """Return the phrases of that day's reminders, and see to it that they went to nobody else."""
    talk.book.asked_for.clear()
    told = on(talk, day)
    dated = [one for one in told.letters if one.key.startswith("due:") and "record-done" in actions(one)]
    assert {one.room.external for one in dated} == {f"privat:{who.casefold()}"}
    return told.keys | {key for key, _ in talk.book.asked_for}


def test_nothing_is_said_twice(talk: Talk):
    a_measure(talk)

    assert on(talk, DUE).to("Bo").letters
    talk.open()
    assert not on(talk, DUE, seconds=600).to("Bo").letters


def test_the_leader_hears_of_what_is_late_for_three_working_days_and_the_owner_is_told_so(talk: Talk):
    a_measure(talk)
    for day in (date(2026, 9, 8), DUE, date(2026, 9, 16)):
        on(talk, day)

    told = on(talk, date(2026, 9, 18))

    assert {"privat:ada", "privat:bo"} <= reminded(told)


def test_the_coach_is_told_which_group_it_is_also_where_nobody_is_responsible(talk: Talk):
    a_measure(talk, who="-")
    on(talk, date(2026, 9, 18))

    talk.book.asked_for.clear()
    told = on(talk, date(2026, 9, 25))

    [letter] = told.to("Karl").letters
    assert talk.journey().group_name in letter.message.text
    assert actions(letter) == ["status", "remind-later", "why-reminder"]
    assert {"record-coach", "remind-coach-told"} <= {key for key, _ in talk.book.asked_for}


def test_when_somebody_leaves_it_is_told_what_they_were_responsible_for(talk: Talk):
    a_measure(talk)
    a_measure(talk, what="Boka tåget", who="Cia")

    told = talk.says("Ada", "ta bort person: Bo")

    assert "person-removed-owned" in told.keys
    assert "Ring Bryssel" in told.text
    assert "Boka tåget" not in told.text
    talk.presses("Cia", on(talk, DUE).to("Cia").button("record-done"), in_private=True)
    assert "person-removed-owned" not in talk.says("Ada", "ta bort person: Cia").keys


def test_one_press_says_that_it_is_done_and_then_it_is_quiet(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")

    answer = talk.presses("Bo", told.button("record-done"), in_private=True)

    [record] = talk.journey().records_in("insatser")
    assert record.state == "klar"
    assert answer.to("Ada").letters
    assert not on(talk, date(2026, 9, 16)).to("Bo").letters


def test_a_new_date_brings_new_reminders(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")

    talk.presses("Bo", told.button("record-date"), in_private=True)
    talk.privately("Bo", "2026-10-15")

    [record] = talk.journey().records_in("insatser")
    assert record.fields["dag"] == "2026-10-15"
    assert not on(talk, date(2026, 9, 16)).to("Bo").letters
    assert on(talk, date(2026, 10, 8)).to("Bo").letters


def test_whoever_needs_help_is_heard_by_the_leader(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")

    answer = talk.presses("Bo", told.button("record-help"), in_private=True)

    assert "record-help-wanted" in answer.keys
    assert answer.to("Ada").letters


def test_a_measure_that_is_not_mine_becomes_the_leaders(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")

    talk.presses("Bo", told.button("record-not-mine"), in_private=True)

    [record] = talk.journey().records_in("insatser")
    assert not record.fields.get("vem")
    late = on(talk, date(2026, 9, 16))
    assert not late.to("Bo").letters
    assert late.to("Ada").letters


def test_an_old_button_of_a_finished_measure_says_so(talk: Talk):
    a_measure(talk)
    button = on(talk, DUE).to("Bo").button("record-done")
    talk.presses("Bo", button, in_private=True)

    assert "record-closed-already" in talk.presses("Bo", button, in_private=True).keys


def test_several_things_at_once_come_as_one_message(talk: Talk):
    for what in ("Ring Bryssel", "Skriv till nätverket", "Boka tåget"):
        a_measure(talk, what=what)

    told = on(talk, DUE).to("Bo")

    assert len(told.letters) == 1
    assert told.actions.count("record-due") == 3
    shown = talk.presses("Bo", told.button("record-due"), in_private=True)
    assert {"record-done", "record-date"} <= set(shown.actions)


def test_however_many_there_are_each_is_named(talk: Talk):
    names = [f"Insats nummer {number}" for number in range(23)]
    for what in names:
        a_measure(talk, what=what)

    [letter] = on(talk, DUE).to("Bo").letters

    assert [name for name in names if name not in letter.message.text] == []


def test_nothing_is_said_at_night(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 14))
    evening = int(timedelta(hours=12).total_seconds())

    assert not on(talk, DUE, seconds=evening).to("Bo").letters
    assert on(talk, date(2026, 9, 16)).to("Bo").letters


def test_after_ten_days_of_silence_there_is_one_message_a_thing(talk: Talk):
    a_measure(talk)

    told = on(talk, date(2026, 9, 17))

    assert len(told.to("Bo").letters) == 1


def test_whoever_is_away_hears_nothing_until_they_are_back(talk: Talk):
    a_measure(talk)
    talk.clock.day = date(2026, 9, 7)
    told = talk.privately("Bo", "borta till 2026-09-20")
    assert "away-is-kept" in told.keys

    assert not on(talk, DUE).to("Bo").letters
    assert on(talk, date(2026, 9, 21)).to("Bo").letters


def test_a_weekday_is_enough_to_say_until_when_one_is_away(talk: Talk):
    talk.clock.day = date(2026, 9, 7)
    assert "2026-09-12" in talk.privately("Bo", "borta till fredag").text


def test_back_early_is_reminded_early(talk: Talk):
    a_measure(talk)
    talk.clock.day = date(2026, 9, 7)
    talk.privately("Bo", "borta till 2026-09-20")
    talk.clock.day = date(2026, 9, 14)
    talk.privately("Bo", "tillbaka igen")

    assert on(talk, DUE).to("Bo").letters


def test_light_terms_say_nothing_ahead(talk: Talk):
    a_measure(talk)
    assert "terms-are" in talk.privately("Bo", "påminnelser lätt").keys

    assert not on(talk, date(2026, 9, 8)).to("Bo").letters
    assert on(talk, DUE).to("Bo").letters


def test_the_weekly_nudge_comes_on_monday_with_the_next_thing_and_who_hasnt_answered(talk: Talk):
    a_measure(talk, due=date(2026, 9, 10))

    told = on(talk, date(2026, 9, 7)).to("Ada")

    [letter] = told.letters
    assert {"nudge-heading", "nudge-waiting", "nudge-coming"} <= {key for key, _ in talk.book.asked_for}
    assert {"remind-missing", "why-reminder"} <= set(actions(letter))
    assert not on(talk, date(2026, 9, 8)).to("Ada").letters


def test_measures_without_a_date_come_once_a_week_in_one_message(talk: Talk):
    for what in ("Ring Bryssel", "Skriv till nätverket"):
        a_measure(talk, what=what, due=None)

    monday, rest = date(2026, 9, 7), [on(talk, date(2026, 9, day)).to("Bo") for day in (2, 3, 4)]
    [letter] = on(talk, monday).to("Bo").letters
    rest += [on(talk, date(2026, 9, day)).to("Bo") for day in (8, 9, 10, 11)]

    assert "Ring Bryssel" in letter.message.text
    assert "Skriv till nätverket" in letter.message.text
    assert not any(told.letters for told in rest)
    assert on(talk, date(2026, 9, 14)).to("Bo").letters


def test_where_there_is_nothing_to_say_there_is_no_nudge(talk: Talk):
    for number in ("1.1", "1.2"):
        talk.says("Ada", f"hoppa över {number}: behövs inte")
    for _ in range(2):
        talk.says("Ada", "klart")
    assert not talk.put()

    assert not on(talk, date(2026, 9, 7)).letters
    a_measure(talk, due=date(2026, 9, 18))
    assert on(talk, date(2026, 9, 14)).to("Ada").letters


def test_the_leader_chooses_day_and_hour(talk: Talk):
    talk.privately("Ada", "knuff onsdag 10:00")

    assert not on(talk, date(2026, 9, 7)).to("Ada").letters
    assert not on(talk, date(2026, 9, 9)).to("Ada").letters
    ten = int(timedelta(hours=1, minutes=1).total_seconds())
    assert on(talk, date(2026, 9, 9), seconds=ten).to("Ada").letters


def test_those_who_havent_answered_are_named_before_they_are_reminded(talk: Talk):
    told = on(talk, date(2026, 9, 7)).to("Ada")

    shown = talk.presses("Ada", told.button("remind-missing"), in_private=True)
    assert "Bo" in shown.text
    assert not shown.to("Bo").letters
    sent = talk.presses("Ada", shown.button("remind-them"), in_private=True)
    assert sent.to("Bo").letters
    again = talk.presses("Ada", shown.button("remind-them"), in_private=True)
    assert not again.to("Bo").letters


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("påminnelser ofta", "intensity-unknown"), ("knuff", "nudge-how"), ("knuff söndag 23:00", "nudge-in-quiet"),
        ("tyst", "quiet-how"), ("borta till fredagsmyset", "away-how"), ("borta till 2020-01-01", "away-too-far"),
    ],
)  # fmt: skip
def test_a_slip_in_ones_terms_is_told_kindly(talk: Talk, words: str, phrase: str):
    assert phrase in talk.privately("Bo", words).keys


def test_why_did_i_get_this(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")

    answer = talk.presses("Bo", told.button("why-reminder"), in_private=True)

    assert {"why-owner", "why-day", "why-terms"} <= answer.keys
    assert "Ring Bryssel" in answer.text


def test_a_group_that_pauses_is_left_alone(talk: Talk):
    a_measure(talk)
    talk.says("Ada", "pausa")

    assert not on(talk, DUE).letters


def test_the_wall_clock_is_the_persons_own(talk: Talk):
    a_measure(talk)
    talk.privately("Bo", "tidszon Helsinki")
    eight = int(timedelta(hours=-1, minutes=1).total_seconds())

    assert on(talk, DUE, seconds=eight).to("Bo").letters
    assert datetime.combine(DUE, time(9), HOME).utcoffset() == timedelta(hours=2)


def test_the_calendar_shows_what_is_due_and_when_the_board_meets(talk: Talk):
    a_measure(talk)
    talk.says("Ada", "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-10")
    talk.says("Ada", "sammanträde Kommunstyrelsen: 2027-03-02")

    told = talk.says("Bo", "kalender")

    days = ("2026-09-10:", "2026-09-15:", "2026-09-22:", "2027-03-02:")
    assert [told.text.index(day) for day in days] == sorted(told.text.index(day) for day in days)


def test_a_meeting_said_twice_is_taken_away(talk: Talk):
    line = "sammanträde Kommunstyrelsen: 2026-09-22"
    assert "meeting-is-kept" in talk.says("Ada", line).keys

    assert "meeting-is-dropped" in talk.says("Ada", line).keys
    assert "2026-09-22" not in talk.says("Ada", "kalender").text


@pytest.mark.parametrize(
    ("who", "line", "phrase"),
    [
        ("Ada", "sammanträde Kommunstyrelsen: nästa gång", "meeting-how"),
        ("Ada", "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-30", "meeting-stop-after"),
        ("Ada", "sammanträde Kulturnämnden: 2026-09-22", "meeting-of-whom"),
        ("Bo", "sammanträde Kommunstyrelsen: 2026-09-22", "only-leader-or-admin"),
        ("Ada", "stängt snart", "closed-day-how"),
        ("Bo", "stängt 2026-09-15", "only-leader-or-admin"),
    ],
)
def test_a_slip_in_the_calendar_is_told_kindly(talk: Talk, who: str, line: str, phrase: str):
    assert phrase in talk.says(who, line).keys


def test_a_day_that_the_organisation_closes_brings_the_reminder_the_day_before(talk: Talk):
    a_measure(talk)
    talk.says("Ada", f"stängt {DUE}")
    on(talk, date(2026, 9, 8))

    assert on(talk, date(2026, 9, 14)).to("Bo").letters
    assert not on(talk, DUE).to("Bo").letters


def test_what_nobody_can_be_named_for_is_called_what_it_is_and_no_owner_is_missed(tmp_path: Path):
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    talk = Talk(tmp_path / "coach.db")
    install(talk, "eu-coachmetoden")
    talk.privately("Ada", "hjälp")
    for line in ("starta", "Kommunen", "-", "Skola", "-", "nytt dialogsamtal: Skolans ledning", "Skola", "2026-09-15",
                 "-", "-", "-", "-"):  # fmt: skip
        talk.says("Ada", line)

    assert (
        "Skolans ledning (dialogsamtal). Datum för samtalet: 2026-09-15." in on(talk, date(2026, 9, 8)).text
    )
    on(talk, date(2026, 9, 16))
    nudge = on(talk, date(2026, 9, 21)).text
    assert "Skolans ledning (dialogsamtal), 2026-09-15." in nudge
    assert "Ingen ansvarig" not in nudge + talk.says("Ada", "läget").text.replace(
        "ingen ansvarig", "Ingen ansvarig"
    )
    assert "ingen ansvarig" not in talk.says("Ada", "bild plan").text
    talk.close()
