"""Forms are asked field by field: a wrong field, a cancelled form, a restart in the middle; or handed in whole."""

import pytest

from bot.usecases.receive import receive
from dialogs.incoming import Incoming, Said
from tests.conversation.talk import Talk, answer_until


@pytest.fixture
def deciding(talk: Talk) -> Talk:
    """The decision is before the group, and Bo has opened its form."""
    answer_until(talk, "1.9")
    talk.presses("Bo", talk.says("Bo", "fråga 1.9").button("decision"))
    return talk


def fill(talk: Talk, *lines: str) -> None:
    for line in lines:
        talk.says("Bo", line)


def test_a_form_is_filled_in_field_by_field(deciding: Talk):
    fill(deciding, "kommunstyrelsen", "2026-08-20", "§ 14", "Nystart")
    value = deciding.item("1.9").value
    assert value is not None
    assert (value["date"], value["reference"], value["what"]) == ("2026-08-20", "§ 14", "Nystart")


def test_a_choice_in_a_form_is_made_by_its_number(deciding: Talk):
    fill(deciding, "1", "2026-08-20", "-", "Nystart")
    assert deciding.item("1.9").value == {
        "body": deciding.journey().roster.bodies[0].id, "date": "2026-08-20", "reference": "", "what": "Nystart",
    }  # fmt: skip


def test_a_wrong_field_is_told_and_asked_again(deciding: Talk):
    fill(deciding, "1")
    assert "not-a-date" in deciding.says("Bo", "31 februari").keys
    fill(deciding, "2026-08-20", "-", "Nystart")
    assert deciding.item("1.9").status == "settled"


@pytest.mark.parametrize("line", ["-", "", "a" * 20_001, "\x00"])
def test_a_field_that_has_to_be_filled_in_is_not_left(deciding: Talk, line):
    before = deciding.item("1.9")
    assert deciding.says("Bo", line).letters
    fill(deciding, "1", "2026-08-20", "-", "Nystart")
    assert before.answer is None
    assert deciding.item("1.9").status == "settled"


def test_a_form_is_cancelled_and_nothing_is_written(deciding: Talk):
    fill(deciding, "1", "avbryt", "2026-08-20")
    assert deciding.item("1.9").status == "open"
    assert "nothing-to-cancel" in deciding.says("Bo", "avbryt").keys


def test_what_others_say_is_not_part_of_ones_form(deciding: Talk):
    deciding.says("Cia", "1")
    deciding.says("Cia", "1.1: ord från Cia")
    fill(deciding, "1", "2026-08-20", "-", "Nystart")
    assert deciding.item("1.9").status == "settled"
    assert deciding.said_on("1.1") == ["ord från Cia"]


def test_help_and_status_are_to_be_had_in_the_middle_of_a_form(deciding: Talk):
    fill(deciding, "1")
    assert "help-intro" in deciding.says("Bo", "hjälp").keys
    assert "status-heading" in deciding.says("Bo", "läget").keys
    fill(deciding, "2026-08-20", "-", "Nystart")
    assert deciding.item("1.9").status == "settled"


def test_a_form_is_gone_on_with_after_a_restart(deciding: Talk):
    fill(deciding, "1", "2026-08-20")
    deciding.open()
    fill(deciding, "-", "Nystart")
    assert deciding.item("1.9").value["what"] == "Nystart"  # type: ignore[index]


def test_a_start_is_gone_on_with_after_a_restart(nobody: Talk):
    for line in ("starta", "Kommunen", "-"):
        nobody.says("Ada", line)
    nobody.open()
    for line in ("Skola", "-"):
        nobody.says("Ada", line)
    assert [unit.name for unit in nobody.journey().roster.units] == ["Skola"]


def test_a_form_handed_in_whole_is_the_same(talk: Talk):
    answer_until(talk, "1.9")
    form = talk.presses("Bo", talk.says("Bo", "fråga 1.9").button("decision")).form
    talk.submits("Bo", form, body="Kommunstyrelsen", date="2026-08-20", what="Nystart")
    assert talk.item("1.9").status == "settled"


def test_a_form_with_a_wrong_field_says_which_and_keeps_the_others(talk: Talk):
    answer_until(talk, "1.9")
    form = talk.presses("Bo", talk.says("Bo", "fråga 1.9").button("decision")).form
    told = talk.submits("Bo", form, body="Kommunstyrelsen", date="31 februari", reference="", what="Nystart")
    assert "not-a-date" in told.keys
    assert talk.item("1.9").status == "open"
    fill(talk, "2026-08-20")
    assert talk.item("1.9").value["what"] == "Nystart"  # type: ignore[index]


def test_a_decision_is_given_in_one_line(talk: Talk):
    talk.says("Bo", "1.9: Kommunstyrelsen; 2026-08-20; § 14; Nystart")
    assert talk.item("1.9").status == "settled"


def test_an_answer_in_words_to_a_decision_opens_its_form(talk: Talk):
    told = talk.says("Bo", "1.9: styrelsen har sagt ja")
    assert [field.id for field in told.form.fields] == ["body", "date", "reference", "what"]


# --- records ---


def records(talk: Talk) -> list[dict[str, object]]:
    return [dict(one.fields) for one in talk.journey().records_in("ideer")]


def test_a_title_in_the_thread_opens_the_records_form_with_it_filled_in(talk: Talk):
    answer_until(talk, "1.10")
    talk.says("Bo", "Resa till Gent", to="1.10")
    fill(talk, "15 mars 2027", "Skola")
    [kept] = records(talk)
    assert (kept["namn"], kept["dag"]) == ("Resa till Gent", "2027-03-15")


def test_fields_that_need_not_be_filled_in_are_left(talk: Talk):
    fill(talk, "lägg till idé: Kurs i Bryssel", "-", "-")
    assert records(talk) == [{"namn": "Kurs i Bryssel"}]


def test_a_record_is_changed_and_moved_by_its_number(talk: Talk):
    fill(
        talk,
        "lägg till idé: Kurs",
        "-",
        "-",
        "ändra post idéer 1",
        "Kurs i Gent",
        "2027-03-15",
        "-",
        "markera idéer 1: klar",
    )
    [record] = talk.journey().records_in("ideer")
    assert (record.fields["namn"], record.fields["dag"], record.state) == (
        "Kurs i Gent",
        "2027-03-15",
        "klar",
    )


def test_a_state_that_lacks_something_is_told(talk: Talk):
    fill(talk, "lägg till idé: Kurs", "-", "-")
    assert "must-first" in talk.says("Bo", "markera idéer 1: klar").keys
    assert talk.journey().records_in("ideer")[0].state == "ny"


def test_a_record_question_is_done_when_whoever_leads_says_so(talk: Talk):
    answer_until(talk, "1.10")
    talk.says("Bo", "Resa", to="1.10")
    fill(talk, "-", "-")
    talk.says("Ada", "fastställ 1.10")
    assert (talk.item("1.10").status, talk.item("1.10").value) == ("settled", 1)


# --- the process ends and begins ---


def test_a_new_desk_goes_on_where_the_old_one_was(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    talk.says("Ada", "nästa")
    before = talk.journey()
    talk.open()
    assert talk.journey() == before
    assert talk.put() == ["1.1", "1.2"]
    talk.says("Ada", "fastställ 1.1")
    assert talk.item("1.1").value == "lära"


def test_old_threads_and_buttons_work_after_a_restart(talk: Talk):
    told = talk.says("Ada", "lära", to="1.1")
    talk.open()
    talk.says("Bo", "resa", to="1.1")
    talk.presses("Ada", told.button("settle"))
    assert talk.item("1.1").value == "- lära\n- resa"


def test_what_was_stored_and_never_taken_happens_at_the_next_start(talk: Talk):
    said = Said("1.1: lära", "m-stored")
    stored = Incoming("terminal", "", "e-stored", "bo", "Bo", "kanalen", False, talk.clock.now(), said)
    receive(stored, uow=talk.desk.uow)
    assert talk.said_on("1.1") == []

    talk.open()

    assert talk.said_on("1.1") == ["lära"]


def test_letters_that_were_never_sent_are_sent_once(talk: Talk):
    talk.events += 1
    said = Said("hjälp", "m")
    talk.desk.take(Incoming("terminal", "", "e-x", "bo", "Bo", "kanalen", False, talk.clock.now(), said))
    talk.open()
    assert talk.hear().letters
    talk.open()
    assert talk.hear().letters == []


@pytest.mark.parametrize(
    "words", ["status quo i frågan", "visa vägen", "help desk for schools", "nytt hus: vid sjön"]
)
def test_a_value_may_begin_as_a_command_does(deciding: Talk, words: str):
    fill(deciding, "kommunstyrelsen", "2026-08-20", words, "Nystart")

    value = deciding.item("1.9").value
    assert value is not None
    assert value["reference"] == words


@pytest.mark.parametrize("words", ["status", "visa 1.9", "hjälp", "personer"])
def test_a_command_is_heard_meanwhile_and_the_form_waits(deciding: Talk, words: str):
    fill(deciding, "kommunstyrelsen", "2026-08-20")

    assert "form-waits" in deciding.says("Bo", words).keys
    fill(deciding, "§ 14", "Nystart")

    value = deciding.item("1.9").value
    assert value is not None
    assert value["reference"] == "§ 14"
