"""What a platform wants in its answer itself: which form opens, for whom, and what is wrong with it."""

from dataclasses import replace

import pytest

from dialogs.messages import Button, Form
from tests.conversation.talk import CHANNEL, answer_until
from tests.conversation.workplace import Workplace


def button(work: Workplace, action: str) -> Button:
    """Return the newest button with the action."""
    return next(
        one for told in reversed(work.seen) for one in reversed(told.buttons) if one.press.action == action
    )


@pytest.fixture
def deciding(work: Workplace) -> Workplace:
    answer_until(work, "1.9")
    return work


@pytest.fixture
def consenting(work: Workplace) -> Workplace:
    answer_until(work, "1.4")
    work.says("Bo", "så här", to="1.4")
    work.mentions("Ada", "samtycke 1.4")
    return work


def opened(form: Form | None) -> Form:
    assert form is not None
    return form


def drafts(work: Workplace) -> int:
    return int(str(work.rows("select count(*) from draft where kind = 'form'")[0][0]))


# --- which form opens, for whom ---


def test_a_button_opens_its_form_and_is_what_it_is_handed_in_under(deciding: Workplace):
    one = button(deciding, "decision")
    form = opened(deciding.form("Bo", one))
    assert form.id == one.id
    deciding.hands_in("Bo", form, body="Kommunstyrelsen", date="2026-08-20", what="Nystart")
    assert deciding.item("1.9").status == "settled"


def test_only_looking_at_a_form_writes_nothing(deciding: Workplace):
    before = deciding.everything()
    opened(deciding.form("Bo", button(deciding, "decision")))
    opened(deciding.form_for("Ada", "inställningar"))
    assert deciding.everything() == before


@pytest.mark.parametrize("action", ["draft", "round"])
def test_the_forms_of_whoever_leads_open_for_nobody_else(work: Workplace, action):
    answer_until(work, "1.4")
    work.says("Ada", "så här", to="1.4")
    one = button(work, action)
    assert work.form("Ada", one) is not None
    assert work.form("Bo", one) is None
    assert "only-leader" in work.presses("Bo", one).keys


def test_a_form_opens_for_nobody_outside_the_group(deciding: Workplace):
    one = button(deciding, "decision")
    assert deciding.form("Nils", one) is None
    told = deciding.presses("Nils", one)
    assert "not-a-member" in told.keys
    assert all(letter.message.form is None for letter in told.letters)


def test_an_objection_opens_a_form_for_its_reason_and_a_consent_is_a_press(consenting: Workplace):
    form = opened(consenting.form("Bo", button(consenting, "object")))
    assert [(field.id, field.required) for field in form.fields] == [("object-text", True)]
    assert consenting.form("Bo", button(consenting, "agree")) is None
    consenting.hands_in("Bo", form, object_text="för dyrt")
    assert [(voice.stance, voice.reason) for voice in consenting.item("1.4").round.voices] == [  # type: ignore[union-attr]
        ("object", "för dyrt")
    ]


def test_a_concern_is_handed_in_like_an_objection(consenting: Workplace):
    form = opened(consenting.form("Cia", button(consenting, "concern")))
    consenting.hands_in("Cia", form, concern_text="hinner vi?")
    [voice] = consenting.item("1.4").round.voices  # type: ignore[union-attr]
    assert (voice.stance, voice.reason) == ("concern", "hinner vi?")


def test_an_objection_opens_for_nobody_without_a_voice(consenting: Workplace):
    assert consenting.form("Karl", button(consenting, "object")) is None


def test_a_button_that_is_unknown_or_only_acts_opens_nothing(work: Workplace):
    why = work.mentions("Ada", "frågor").button("why")
    assert work.form("Ada", Button("x", why.press, id="nobody-knows")) is None
    assert work.form("Ada", why) is None


def test_changing_a_decision_opens_its_fields(deciding: Workplace):
    form = opened(deciding.form("Bo", button(deciding, "decision")))
    deciding.hands_in("Bo", form, body="Kommunstyrelsen", date="2026-08-20", what="Nystart")
    told = deciding.mentions("Bo", "fråga 1.9")
    form = opened(deciding.form("Bo", told.button("change")))
    assert [field.id for field in form.fields] == ["body", "date", "reference", "what"]


# --- commands ---


def test_start_opens_a_form_in_a_channel_and_not_in_private(new_work: Workplace):
    form = opened(new_work.form_for("Ada", "starta"))
    assert [field.id for field in form.fields] == ["organisation", "group", "units", "bodies"]
    assert new_work.form_for("Ada", "starta", in_private=True) is None
    new_work.hands_in("Ada", form, organisation="Kommunen", group="Gruppen", units="Skola; Vård")
    assert [unit.name for unit in new_work.journey().roster.units] == ["Skola", "Vård"]


@pytest.mark.parametrize("words", ["läget", "fråga 1.1", "ny person: Dan, grupp", "lära mer", ""])
def test_other_words_open_no_form(work: Workplace, words):
    assert work.form_for("Ada", words) is None


def test_settings_are_changed_by_a_form(work: Workplace):
    form = opened(work.form_for("Bo", "inställningar"))
    assert {field.id: field.value for field in form.fields} == {
        "language": "svenska",
        "zone": "Europe/Stockholm",
    }
    assert work.problems("Bo", form, language="en", zone="Xyzzy").keys() == {"zone"}
    told = work.hands_in("Bo", form, language="en", zone="oslo")
    assert ("settings-kept", "en") in told.phrases
    assert [letter.room.external for letter in told.letters] == ["privat:bo"]


# --- what is wrong ---


def test_each_wrong_field_is_told_in_the_speakers_language_and_what_was_typed_is_kept(deciding: Workplace):
    form = opened(deciding.form("Bo", button(deciding, "decision")))
    wrong = deciding.problems("Bo", form, body="Okänd", date="31 februari", what="Nystart")
    assert wrong.keys() == {"body", "date"}
    assert deciding.item("1.9").status == "open"
    again = opened(deciding.form("Bo", button(deciding, "decision")))
    assert {field.id: field.value for field in again.fields}["what"] == "Nystart"


def test_nothing_is_wrong_with_a_form_that_is_filled_in_rightly(deciding: Workplace):
    form = opened(deciding.form("Bo", button(deciding, "decision")))
    assert deciding.problems("Bo", form, body="Kommunstyrelsen", date="2026-08-20", what="Nystart") == {}
    assert drafts(deciding) == 0


def test_what_was_kept_of_a_form_is_no_form_that_words_fill_in(deciding: Workplace):
    form = opened(deciding.form("Bo", button(deciding, "decision")))
    deciding.problems("Bo", form, body="Okänd", what="Nystart")
    told = deciding.mentions("Bo", "läget")
    assert "form-waits" not in told.keys
    assert "form-is-open" not in deciding.mentions("Bo", "lägg till idé: Kurs").keys


def test_an_objection_without_a_reason_is_told_in_the_form(consenting: Workplace):
    form = opened(consenting.form("Bo", button(consenting, "object")))
    assert consenting.problems("Bo", form, object_text=" ").keys() == {"object-text"}


def test_what_is_said_to_an_anonymous_question_is_never_kept_as_a_draft(work: Workplace):
    answer_until(work, "1.7")
    work.privately("Bo", "hemligt")
    told = work.privately("Bo", "fråga 1.7")
    why = told.button("why")
    form = Form("x", (), why.press, id=_stored(work, "change", why))
    wrong = work.problems("Bo", form, room="privat:bo", change_text="-")
    assert wrong.keys() == {"change-text"}
    assert drafts(work) == 0


def _stored(work: Workplace, action: str, like: Button) -> str:
    """Return the id of a button with another action on the same question."""
    with work.uow() as uow:
        stored = uow.buttons.get(like.id)
        assert stored is not None
        id = uow.buttons.put(
            replace(stored.press, action=action),
            journey=stored.journey,
            room=stored.room,
            at=work.clock.now(),
        )
        uow.commit()
    return id


def test_a_form_that_became_wrong_on_its_way_is_kept_and_opened_again(deciding: Workplace):
    form = opened(deciding.form("Bo", button(deciding, "decision")))
    told = deciding.hands_in("Bo", form, body="Okänd", date="2026-08-20", what="Nystart", thread="m-thread")
    assert "form-open-again-kept" in told.keys
    assert [letter.thread for letter in told.letters] == ["m-thread"]
    values = {field.id: field.value for field in told.form.fields}
    assert (values["what"], values["body"]) == ("Nystart", "Okänd")
    again = opened(deciding.form("Bo", Button("x", told.form.press, id=told.form.id)))
    deciding.hands_in("Bo", again, body="Kommunstyrelsen", date="2026-08-20", what="Nystart")
    assert deciding.item("1.9").status == "settled"
    assert drafts(deciding) == 0


def test_another_form_that_is_being_filled_in_is_not_pushed_aside(consenting: Workplace):
    consenting.mentions("Bo", "lägg till idé: Kurs", message="m-form")
    form = opened(consenting.form("Bo", button(consenting, "object")))
    consenting.problems("Bo", form, object_text="")
    consenting.hands_in("Bo", form, object_text="för dyrt")
    consenting.replies("Bo", "2027-03-15", "m-form")
    consenting.replies("Bo", "-", "m-form")
    assert [record.fields["namn"] for record in consenting.journey().records_in("ideer")] == ["Kurs"]


def test_a_field_that_is_emptied_in_a_form_is_empty(work: Workplace):
    work.mentions("Bo", "lägg till idé: Kurs", message="m-form")
    work.replies("Bo", "2027-03-15", "m-form")
    told = work.replies("Bo", "-", "m-form")
    form = opened(work.form("Bo", told.button("change-record")))
    work.hands_in("Bo", form, namn="Kurs i Gent", dag="", **{"for": ""})
    [record] = work.journey().records_in("ideer")
    assert dict(record.fields) == {"namn": "Kurs i Gent"}


def test_a_form_asked_for_aside_is_only_opened(work: Workplace):
    told = work.commands("Bo", "lägg till idé: Kurs")
    assert "form-open" in told.keys
    assert "form-field" not in told.keys
    form = opened(work.form("Bo", Button("x", told.form.press, id=told.form.id), room=CHANNEL))
    assert form.fields[0].value == "Kurs"


def test_the_beginning_offers_the_form_that_people_are_picked_in_to_whoever_leads(new_work: Workplace):
    new_work.mentions("Bo", "hjälp")
    form = new_work.mentions("Ada", "starta").form
    told = new_work.hands_in("Ada", form, organisation="Kommunen", group="Gruppen", units="Skola; Vård")
    button = told.button("add-person")

    opened = new_work.form("Ada", button)

    assert opened is not None
    assert [one.id for one in opened.fields][:2] == ["account", "name"]
    assert new_work.form("Bo", button) is None
    assert "only-leader" in new_work.presses("Bo", button).keys
    assert new_work.presses("Ada", button).form.fields[0].id == "account"


def test_where_no_accounts_can_be_picked_people_are_named(new_work: Workplace):
    new_work.door = "teams"
    form = new_work.mentions("Ada", "starta").form
    told = new_work.hands_in("Ada", form, organisation="Kommunen", group="Gruppen", units="Skola; Vård")
    button = told.button("add-person")

    opened = new_work.form("Ada", button)

    assert opened is not None
    assert [(one.id, one.required) for one in opened.fields][:2] == [("name", True), ("roles", False)]
    many = "; ".join(f"Person {number} {'x' * 20}" for number in range(10))
    assert new_work.problems("Ada", opened, name=many) == {}
    told = new_work.hands_in("Ada", opened, name="Bo Ek; Cia Alm")
    assert {"Bo Ek", "Cia Alm"} <= {one.person.name for one in new_work.journey().roster.members}
