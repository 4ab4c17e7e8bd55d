"""The group decides in the conversation: settling, consent rounds, skipping, going on, reopening, steps, pauses."""

from datetime import date, timedelta

import pytest

from dialogs.flows.advance import day_came
from dialogs.flows.position import number_of
from tests.conversation.talk import Talk, Told, answer_until, begin


def test_whoever_leads_settles_what_members_said(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    talk.says("Cia", "resa", to="1.1")
    talk.says("Ada", "fastställ")
    assert talk.item("1.1").value == "- lära\n- resa"
    assert talk.put() == ["1.2"]


def test_the_leader_is_offered_what_to_do_with_a_contribution(talk: Talk):
    told = talk.says("Ada", "lära", to="1.1")
    assert {"settle", "draft", "round"} <= set(told.actions)
    assert not {"settle", "draft", "round"} & set(talk.says("Bo", "resa", to="1.1").actions)


def test_a_draft_is_written_and_settled_by_a_button(talk: Talk):
    told = talk.says("Ada", "utkast 1.1: vi lär och reser")
    assert talk.item("1.1").status == "draft"
    talk.presses("Ada", told.button("settle"))
    assert talk.item("1.1").value == "vi lär och reser"


@pytest.mark.parametrize(
    "line", ["fastställ 1.1: mitt", "utkast 1.1: mitt", "samtycke 1.1: mitt", "nästa", "pausa", "klart"]
)
def test_members_do_not_decide_for_the_group(talk: Talk, line):
    before = talk.journey()
    assert "only-leader" in talk.says("Bo", line).keys
    assert talk.journey().items == before.items


def test_the_leader_changes_how_many_questions_are_open_at_a_time(talk: Talk):
    assert "only-leader" in talk.says("Bo", "frågor åt gången: 1").keys
    assert "at-once-how" in talk.says("Ada", "frågor åt gången: många").keys

    talk.says("Ada", "frågor åt gången: 1")

    assert "too-many-open" in talk.says("Ada", "nästa").keys
    assert talk.journey().at_once == 1


def test_going_on_puts_three_questions_and_no_more(talk: Talk):
    for _ in range(2):
        talk.says("Ada", "nästa")
    assert talk.put() == ["1.1", "1.2", "1.3"]
    assert "too-many-open" in talk.says("Ada", "nästa").keys
    assert talk.put() == ["1.1", "1.2", "1.3"]


def test_a_skip_is_given_with_a_reason_or_asked_for_one(talk: Talk):
    talk.says("Ada", "hoppa över 1.1")
    assert talk.item("1.1").status == "open"
    talk.says("Ada", "det gäller inte oss")
    skip = talk.item("1.1").skipped
    assert skip is not None
    assert skip.reason == "det gäller inte oss"


def test_an_answer_is_changed_by_its_number_with_a_reason(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    talk.says("Ada", "ändra 1.1: två, skäl: vi tänkte om")
    answer = talk.item("1.1").answer
    assert answer is not None
    assert (answer.value, answer.revision, answer.why) == ("två", 2, "vi tänkte om")


def test_the_history_tells_every_revision(talk: Talk):
    talk.says("Ada", "fastställ 1.1: första versionen")
    talk.says("Ada", "ändra 1.1: andra versionen, skäl: vi tänkte om")
    told = talk.says("Bo", "historik 1.1").text
    assert "första versionen" in told
    assert "andra versionen" in told
    assert "vi tänkte om" in told


def test_an_answer_is_opened_again_with_a_reason(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    talk.says("Ada", "öppna igen 1.1: nya uppgifter")
    assert talk.item("1.1").reopened == "nya uppgifter"
    assert talk.put() == ["1.1"]


def test_back_shows_the_question_before(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    told = talk.says("Bo", "tillbaka")
    assert [letter.address.question for letter in told.letters if letter.address] == ["vision"]


def test_what_others_said_is_seen_by_the_members(talk: Talk):
    talk.says("Bo", "vi vill lära", to="1.1")
    assert "vi vill lära" in talk.says("Cia", "visa svar 1.1").text


# --- consent rounds ---


def a_round(talk: Talk, rest: str = "") -> None:
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    talk.says("Ada", f"samtycke 1.4{rest}")


def test_a_round_is_a_new_message_with_four_voices(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    told = talk.says("Ada", "samtycke 1.4")
    assert {"agree", "concern", "object", "abstain"} <= set(told.actions)
    assert "thread" in [letter.how for letter in told.letters]
    assert talk.item("1.4").status == "consent"


def test_the_group_consents_and_the_answer_stands_with_its_concern(talk: Talk):
    a_round(talk)
    talk.says("Ada", "jag samtycker 1.4")
    talk.says("Bo", "farhåga 1.4: tiden räcker inte")
    talk.says("Cia", "avstår 1.4")
    talk.says("Pia", "samtycker 1.4")
    answer = talk.item("1.4").answer
    assert answer is not None
    assert (answer.value, answer.how) == ("vi gör så", "consent")
    assert [(one.stance, one.reason) for one in answer.dissent] == [("concern", "tiden räcker inte")]


def test_an_objection_by_a_button_is_asked_for_its_reason(talk: Talk):
    a_round(talk)
    told = talk.says("Bo", "fråga 1.4")
    talk.presses("Bo", told.button("object"))
    round = talk.item("1.4").round
    assert round is not None
    assert round.voices == ()

    talk.says("Bo", "för dyrt")

    round = talk.item("1.4").round
    assert round is not None
    assert [(one.stance, one.reason) for one in round.voices] == [("object", "för dyrt")]


@pytest.mark.parametrize("words", ["ja", "nej", "samtycker inte", "jag håller inte med", "I don't agree"])
def test_words_in_a_rounds_thread_are_no_voice_and_it_is_said(talk: Talk, words):
    a_round(talk)

    told = talk.says("Cia", words, to="1.4")

    round = talk.item("1.4").round
    assert round is not None
    assert round.voices == ()
    assert "contributed-in-round" in told.keys
    assert "progress" not in told.keys
    talk.presses("Cia", told.button("agree"))
    round = talk.item("1.4").round
    assert round is not None
    assert len(round.voices) == 1


def test_whoever_has_no_voice_is_told(talk: Talk):
    a_round(talk)
    assert "no-voice" in talk.says("Karl", "jag samtycker 1.4").keys


@pytest.mark.parametrize("how", ["ta bort person: Cia", "ta bort roll: Cia, grupp"])
def test_a_round_ends_when_the_last_who_was_waited_for_leaves(talk: Talk, how):
    a_round(talk)
    for who in ("Ada", "Bo", "Pia"):
        talk.says(who, "jag samtycker 1.4")

    told = talk.says("Ada", how)

    assert talk.item("1.4").status == "settled"
    assert "round-ratified" in told.keys
    assert talk.differences() == []


def test_a_round_goes_on_while_others_are_waited_for(talk: Talk):
    a_round(talk)
    talk.says("Pia", "jag samtycker 1.4")
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    assert talk.item("1.4").in_round
    assert "1 av 3" in talk.says("Bo", "fråga 1.4").text  # Ada and Bo are waited for


def test_those_who_are_left_are_enough_for_a_round(talk: Talk):
    a_round(talk)  # three of four need to speak
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    for who in ("Ada", "Bo"):
        talk.says(who, "jag samtycker 1.4")
    assert (talk.item("1.4").status, talk.item("1.4").value) == ("settled", "vi gör så")


def test_one_of_two_who_are_left_is_not_enough(talk: Talk):
    a_round(talk)
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    talk.says("Ada", "jag samtycker 1.4")
    assert "round-no-quorum" in talk.says("Ada", "avsluta rundan 1.4").keys


def test_a_round_stands_while_the_group_pauses(talk: Talk):
    a_round(talk)
    for who in ("Ada", "Bo", "Pia"):
        talk.says(who, "jag samtycker 1.4")
    talk.says("Ada", "pausa")
    talk.says("Ada", "ta bort person: Cia")
    assert talk.item("1.4").in_round


def test_what_each_answers_is_collected_when_the_last_who_was_waited_for_leaves(talk: Talk):
    answer_until(talk, "1.6")
    for who in ("Ada", "Bo"):
        talk.says(who, "mitt svar", to="1.6")

    talk.says("Ada", "ta bort person: Cia")

    assert (talk.item("1.6").status, talk.item("1.6").value) == ("settled", 2)
    assert talk.put() == ["1.7"]
    assert talk.differences() == []


def test_what_was_opened_again_stays_open_whoever_leaves(talk: Talk):
    answer_until(talk, "1.6")
    for who in ("Ada", "Bo", "Cia"):
        talk.says(who, "mitt svar", to="1.6")
    talk.says("Ada", "öppna igen 1.6: fler vill ändra sig")

    talk.says("Ada", "ta bort person: Cia")

    assert not talk.item("1.6").done


def test_despite_an_objection_the_leader_settles_with_a_reason_and_it_is_kept(talk: Talk):
    a_round(talk)
    talk.says("Bo", "invänder 1.4: för dyrt")
    for who in ("Ada", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 1.4")
    talk.presses("Ada", told.button("despite"))
    talk.says("Ada", "lagen kräver det")
    answer = talk.item("1.4").answer
    assert answer is not None
    assert (answer.how, answer.why) == ("despite-objection", "lagen kräver det")
    assert [one.reason for one in answer.dissent] == ["för dyrt"]


def an_objection(talk: Talk) -> Told:
    """Bo objects to what 1.1 was to be, a text that whoever leads may settle; Ada is told."""
    talk.says("Ada", "samtycke 1.1: vi reser")
    talk.says("Bo", "invänder 1.1: för dyrt")
    for who in ("Ada", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 1.1")
    return told


@pytest.mark.parametrize("line", ["fastställ 1.1", "fastställ 1.1: vi reser"])
def test_what_was_objected_to_is_not_settled_as_if_nobody_had(talk: Talk, line: str):
    talk.says("Bo", "vi reser", to="1.1")
    an_objection(talk)
    assert "objected-to" in talk.says("Ada", line).keys
    assert not talk.item("1.1").done

    talk.says("Ada", "fastställ 1.1: vi möts på nätet")

    answer = talk.item("1.1").answer
    assert answer is not None
    assert (answer.value, answer.how) == ("vi möts på nätet", "leader")


def test_an_old_button_to_settle_all_the_same_says_that_it_is_settled(talk: Talk):
    told = an_objection(talk)
    talk.says("Ada", "fastställ ändå 1.1: lagen kräver det")
    told = talk.presses("Ada", told.button("despite"))
    assert "already-settled" in told.keys
    assert all(one.message.form is None for one in told.letters)


def test_nothing_is_settled_all_the_same_where_nobody_objected(talk: Talk):
    told = talk.says("Ada", "fastställ ändå 1.1")
    assert "no-objection-to-note" in told.keys
    assert all(one.message.form is None for one in told.letters)


def test_an_old_button_to_open_again_says_that_it_is_open(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    button = talk.says("Bo", "två", to="1.1").button("reopen")
    talk.says("Ada", "öppna igen 1.1: vi tänkte om")
    assert "question-is-open" in talk.presses("Ada", button).keys


def test_the_same_voice_twice_counts_and_is_remembered_once(talk: Talk):
    a_round(talk)
    button = talk.says("Bo", "fråga 1.4").button("agree")
    assert "receipt-voiced" in talk.presses("Bo", button).keys
    assert "voiced-already" in talk.presses("Bo", button).keys
    talk.says("Bo", "farhåga 1.4: tiden räcker inte")
    assert talk.says("Ada", "historik 1.4").text.count("Bo") == 2


def test_a_skipped_question_is_said_to_be_skipped(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: det gäller inte oss")
    assert "already-skipped" in talk.says("Ada", "hoppa över 1.1: hinner inte").keys


@pytest.mark.parametrize("said", ["jag samtycker", "jag invänder: för dyrt", "jag avstår", "avsluta rundan"])
def test_where_no_round_is_open_no_question_is_spoken_of(talk: Talk, said: str):
    told = talk.says("Ada", said)
    assert "no-round-open" in told.keys
    assert "1.1" not in told.text
    assert "no-round-open" in talk.privately("Bo", said).keys
    assert "no-round" in talk.says("Ada", said, to="1.1").keys
    assert ("kept-as-draft" in told.keys) == (":" in said)


def test_a_question_that_is_put_again_says_how_far_the_group_has_come(talk: Talk):
    a_round(talk)
    talk.says("Bo", "jag samtycker 1.4")
    talk.says("Ada", "pausa")
    told = talk.says("Ada", "fortsätt")
    [question] = [one for one in told.letters if one.address and one.address.question == "samtycke"]
    assert {"agree", "object"} <= {button.press.action for button in question.message.buttons}
    assert "vi gör så" in question.message.text


def test_the_last_day_is_looked_at_with_the_next_turn(talk: Talk):
    a_round(talk, ": till 5 september")
    for who in ("Ada", "Bo", "Cia"):
        talk.says(who, "jag samtycker 1.4")
    talk.clock.day += timedelta(days=4)
    talk.says("Karl", "hjälp")
    assert talk.item("1.4").status == "consent"

    talk.clock.day += timedelta(days=1)
    talk.says("Karl", "hjälp")

    assert talk.item("1.4").status == "settled"


def test_the_last_day_is_looked_at_when_the_program_starts(talk: Talk):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.open()
    talk.desk.look_at_the_day()
    told = talk.hear()
    round = talk.item("1.4").round
    assert round is not None
    assert round.closed == "no-quorum"
    assert told.letters


def test_the_last_day_is_looked_at_again_when_it_could_not_be(talk: Talk, monkeypatch):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    with monkeypatch.context() as away:
        away.setattr("bot.desk.look_at_the_day", lambda **ports: {}["the database is away"])
        talk.desk.look_at_a_new_day()
    assert talk.item("1.4").status == "consent"

    talk.desk.look_at_a_new_day()

    assert talk.item("1.4").status != "consent"


def test_a_round_that_cannot_be_closed_keeps_no_other_open(talk: Talk, monkeypatch, caplog):
    a_round(talk, ": till 5 september")
    first = talk.journey()
    begin(talk, room="andra", group="Andra gruppen")
    for line in ("hoppa över 1.1: nej", "hoppa över 1.2: nej", "hoppa över 1.3: nej", "1.4: vi gör så"):
        talk.says("Ada", line, room="andra")
    talk.says("Ada", "samtycke 1.4: till 5 september", room="andra")

    def broken(pack, journey, at):
        return {}["a bug"] if journey.id == first.id else day_came(pack, journey, at)

    monkeypatch.setattr("bot.usecases.look_at_the_day.day_came", broken)
    talk.clock.day += timedelta(days=5)
    talk.desk.look_at_the_day()

    assert "a journey was not looked at" in caplog.text
    with talk.uow() as uow:
        assert {
            journey for journey, _ in uow.journeys.open_rounds([one.id for one in uow.journeys.all()])
        } == {first.id}


def test_a_clock_that_was_ahead_and_set_right_makes_no_round_longer(talk: Talk):
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    talk.clock.day -= timedelta(days=5)
    a_round(talk, ": till 5 september")

    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")

    assert talk.item("1.4").status != "consent"


def test_a_late_round_is_closed_once(talk: Talk):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.desk.look_at_the_day()
    talk.hear()
    talk.open()
    talk.desk.look_at_the_day()
    assert talk.hear().letters == []


def test_a_late_round_of_somebody_who_left_is_closed_all_the_same(talk: Talk):
    talk.says("Ada", "ersättare: Cia, ledare")
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    talk.says("Cia", "samtycke 1.4: till 5 september")
    talk.says("Ada", "ta bort person: Cia")
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    assert not talk.item("1.4").in_round


def test_a_late_round_on_an_answer_that_stands_is_closed_too(talk: Talk):
    a_round(talk)
    for who in ("Ada", "Bo", "Cia", "Pia"):
        talk.says(who, "jag samtycker 1.4")
    talk.says("Ada", "samtycke 1.4: ett annat svar")
    talk.says("Ada", "avsluta rundan 1.4")
    talk.says("Ada", "samtycke 1.4: till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    assert not talk.item("1.4").in_round
    assert talk.item("1.4").value == "vi gör så"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (" till fredag", date(2026, 9, 4)),
        (" senast på fredag", date(2026, 9, 4)),
        (" by Friday", date(2026, 9, 4)),
        (" till fredag 4 september", date(2026, 9, 4)),
        (" fredag 4 september", date(2026, 9, 4)),
        (": Senast 3 oktober", date(2026, 10, 3)),
        (" till och med 3 oktober", date(2026, 10, 3)),
        (" t.o.m. 3/10", date(2026, 10, 3)),
        (" till nästa vecka", date(2026, 9, 7)),
    ],
)
def test_a_rounds_last_day_is_said_in_many_ways_and_never_taken_for_the_proposal(talk: Talk, said, day):
    a_round(talk, said)
    round = talk.item("1.4").round
    assert round is not None
    assert (round.value, round.last_day) == ("vi gör så", day)


@pytest.mark.parametrize("said", ["fredag", "Till sommaren är vi klara"])
def test_what_is_no_last_day_is_proposed(talk: Talk, said):
    a_round(talk, f": {said}")
    round = talk.item("1.4").round
    assert round is not None
    assert (round.value, round.last_day) == (said, None)


def test_a_last_day_that_has_been_is_told(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    assert "day-has-been" in talk.says("Ada", "samtycke 1.4: 2026-08-31").keys
    assert not talk.item("1.4").in_round


@pytest.mark.parametrize(
    ("said", "last"), [("till fredag", date(2026, 9, 4)), ("1.4 till nästa vecka", date(2026, 9, 7)), ("by 15 September", date(2026, 9, 15))]
)  # fmt: skip
def test_the_last_day_of_a_round_is_said_as_people_say_it(talk: Talk, said: str, last: date):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")

    talk.says("Ada", f"samtycke {said}", to="1.4")

    [round] = [talk.item("1.4").round]
    assert round is not None
    assert (round.value, round.last_day) == ("vi gör så", last)


@pytest.mark.parametrize(
    "said", ["1.4 till 31 februari", "till 31 februari", "1.4: by midsummer", "1.4: senast 2030"]
)
def test_what_is_no_day_becomes_no_proposal(talk: Talk, said: str):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")

    told = talk.says("Ada", f"samtycke {said}", to="1.4")

    assert "not-a-date" in told.keys
    assert not talk.item("1.4").in_round
    assert talk.said_on("1.4") == ["vi gör så"]


# --- steps and pauses ---


def test_a_step_is_left_with_questions_open_and_they_are_remembered(talk: Talk):
    talk.says("Ada", "klart")
    assert talk.put() == ["2.1"]
    assert len(talk.journey().signed["ett"].left) == 11


def test_a_step_is_opened_again(talk: Talk):
    talk.says("Ada", "klart")
    talk.says("Ada", "öppna steg 1: vi glömde något")
    assert talk.put() == ["1.1"]


def test_a_pause_keeps_everything_and_nothing_is_put(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    talk.says("Ada", "pausa")
    assert talk.put() == []
    assert "journey-is-paused" in talk.says("Ada", "fastställ 1.1").keys
    talk.says("Cia", "resa", to="1.1")
    talk.says("Ada", "fortsätt")
    assert (talk.put(), talk.said_on("1.1")) == (["1.1"], ["lära", "resa"])


@pytest.mark.parametrize(
    "line",
    [
        "läget",
        "status",
        "stegen",
        "steg 1",
        "steg två",
        "spår",
        "personer",
        "enheter",
        "nämnder",
        "frågor",
        "varför 1.1",
        "exempel 1.1",
        "fråga 1.2",
        "visa svar 1.1",
        "historik 1.1",
        "lista",
        "lista idéer",
        "mina frågor",
        "integritet",
        "rundtur",
        "hjälp",
        "tillbaka",
        "mitt utkast",
        "avbryt",
    ],
)
def test_looking_changes_nothing(talk: Talk, line):
    talk.says("Bo", "lära", to="1.1")
    before = talk.journey()
    assert talk.says("Bo", line).letters
    assert talk.journey() == before


def test_the_status_tells_who_is_waited_for(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    told = talk.says("Karl", "läget").text
    assert "Cia" in told
    assert "1.1" in told


def agreed(talk: Talk, journey: str, number: str) -> list[str]:
    """Return who has agreed in the round about the question of that number."""
    kept, pack = talk.journey(journey), talk.pack
    [item] = [one for address, one in kept.items.items() if number_of(pack, kept, address) == number]
    assert item.round is not None
    return [kept.roster.name(one.by) for one in item.round.voices]


# --- two journeys ---


def two(talk: Talk) -> tuple[str, str]:
    """Let the same people begin another journey in the same room; return both ids."""
    for line in ("starta", "-", "Andra gruppen", "-", "-"):
        talk.says("Ada", line)
    with talk.uow() as uow:
        ids = {one.group_name: one.id for one in uow.journeys.all()}
    second = ids.pop("Andra gruppen")
    return ids.popitem()[1], second


def test_in_a_room_with_two_journeys_one_is_asked_which(talk: Talk):
    two(talk)
    told = talk.says("Ada", "läget")
    assert told.actions == ["choose-journey", "choose-journey"]


def test_a_command_is_run_for_the_one_that_is_chosen(talk: Talk):
    first, second = two(talk)
    told = talk.says("Ada", "nästa")
    talk.presses("Ada", told.button("choose-journey", second))
    assert not talk.journey(first).page("ett").waiting
    assert talk.journey(second).page("ett").waiting


def test_words_are_kept_until_it_is_known_which_journey_they_are_for(talk: Talk):
    _, second = two(talk)
    told = talk.says("Ada", "ett svar")
    assert talk.draft("Ada") == "ett svar"
    chosen = talk.presses("Ada", told.button("choose-journey", second))
    talk.presses("Ada", chosen.button("kept-answer"))
    [item] = [one for one in talk.journey(second).items.values() if one.contributions]
    assert [one.value for one in item.contributions] == ["ett svar"]


def test_a_thread_belongs_to_its_journey(talk: Talk):
    first_thread = talk.posted["1.1"]
    first, second = two(talk)
    talk.says("Ada", "till den andra", to="1.1")
    talk.posted["1.1"] = first_thread
    talk.says("Ada", "till den första", to="1.1")
    said = {
        id: [one.value for item in talk.journey(id).items.values() for one in item.contributions]
        for id in (first, second)
    }
    assert said == {first: ["till den första"], second: ["till den andra"]}


def test_a_voice_without_a_number_goes_to_the_one_round_that_is_open_wherever_it_is(talk: Talk):
    a_round(talk)
    talk.says("Ada", "nästa")
    first, _ = two(talk)

    told = talk.says("Bo", "jag samtycker")
    talk.says("Cia", "jag samtycker", to="1.5.1")
    talk.privately("Pia", "i agree")

    assert "receipt-voiced" in told.keys
    assert agreed(talk, first, "1.4") == ["Bo", "Cia", "Pia"]


def test_where_several_rounds_are_open_they_are_told_and_one_is_meant_by_its_thread_or_number(talk: Talk):
    a_round(talk)
    talk.says("Ada", "nästa")
    talk.says("Ada", "samtycke 1.1: vi lär")
    first = talk.journey().id

    told = talk.says("Bo", "Invänder: för dyrt")

    assert {"which-round", "name-the-round", "kept-as-draft"} <= told.keys
    assert all(one in told.text for one in ("1.1 ", "1.4 ", "invänder 1.1"))
    assert talk.draft("Bo") == "Invänder: för dyrt"
    talk.says("Bo", "jag samtycker", to="1.4")
    talk.says("Cia", "jag samtycker 1.1")
    assert (agreed(talk, first, "1.4"), agreed(talk, first, "1.1")) == (["Bo"], ["Cia"])


# --- language ---


def test_everybody_is_spoken_to_in_their_language_and_the_channel_in_its(talk: Talk):
    talk.privately("Bo", "språk engelska")
    told = talk.says("Bo", "to learn", to="1.1")
    assert {("receipt-contributed", "sv"), ("progress", "sv")} <= set(told.phrases)
    told = talk.privately("Bo", "change 1.1: to learn more")
    assert ("progress", "sv") in told.phrases
    assert {language for key, language in told.phrases if key.startswith("receipt")} == {"en"}


def test_whoever_does_not_lead_is_told_that_the_channel_keeps_its_language(talk: Talk):
    assert {"language-is-now", "channel-language-stays"} <= talk.says("Bo", "språk engelska").keys
    assert talk.journey().language == "sv"
    assert "channel-language-stays" not in talk.says("Bo", "språk svenska").keys


def test_whoever_leads_changes_the_channels_language(talk: Talk):
    talk.says("Ada", "språk engelska")
    assert talk.journey().language == "en"
    talk.says("Bo", "språk svenska")
    assert talk.journey().language == "en"


def test_commands_are_understood_in_both_languages(talk: Talk):
    talk.says("Ada", "settle 1.1: to learn")
    talk.says("Ada", "hoppa över 1.2: inte nu")
    talk.says("Ada", "skip 1.3: not now")
    assert [talk.item(one).status for one in ("1.1", "1.2", "1.3")] == ["settled", "skipped", "skipped"]


def test_a_language_that_is_not_spoken_is_told(talk: Talk):
    assert "language-unknown" in talk.says("Ada", "språk tyska").keys
    assert talk.journey().language == "sv"


def test_an_answer_that_begins_with_a_command_word_is_an_answer(talk: Talk):
    for number, said in enumerate(
        (
            "Språk är viktigt för oss",
            "Visa upp våra projekt",
            "Kod och teknik behövs",
            "Markera vår plats i Europa: nu",
        )
    ):
        talk.says("Bo", said, to="1.1")
        assert len(talk.said_on("1.1")) == number + 1, said
