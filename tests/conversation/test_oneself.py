"""In the terminal the same forms are asked field by field: people put in the group by name, one's own settings."""

from tests.conversation.talk import Talk


def fill(talk: Talk, who: str, *lines: str) -> None:
    for line in lines:
        talk.says(who, line)


def test_a_person_is_added_field_by_field_by_name(talk: Talk):
    told = talk.says("Ada", "ny person")
    assert [field.id for field in told.form.fields] == ["name", "roles", "unit", "deputy", "language", "zone"]
    fill(talk, "Ada", "Dan Ek", "politik", "skola", "ledare", "engelska", "oslo")
    dan = talk.member("Dan Ek")
    assert (dan.roles, dan.deputy_for, dan.person.language) == (("politik",), ("ledare",), "en")
    assert dan.unit == next(one.id for one in talk.journey().roster.units if one.name == "Skola")
    with talk.uow() as uow:
        assert uow.people.zone(dan.person.id) == "Europe/Oslo"


def test_a_person_needs_only_a_name(talk: Talk):
    fill(talk, "Ada", "ny person", "Dan Ek", "-", "-", "-", "-", "-")
    assert talk.member("Dan Ek").roles == ("grupp",)


def test_what_is_wrong_with_a_field_is_told_when_it_is_typed(talk: Talk):
    talk.says("Ada", "ny person")
    assert "field-required" in talk.says("Ada", "-").keys
    assert "name-too-long" in talk.says("Ada", "x" * 121).keys
    talk.says("Ada", "Dan Ek")
    assert "choice-unknown" in talk.says("Ada", "kung").keys
    talk.says("Ada", "politik")
    assert "unit-unknown" in talk.says("Ada", "Månbasen").keys
    fill(talk, "Ada", "-", "-")
    assert "language-unknown" in talk.says("Ada", "klingonska").keys
    talk.says("Ada", "-")
    assert "zone-unknown" in talk.says("Ada", "Månbasen").keys
    talk.says("Ada", "-")
    assert talk.member("Dan Ek").roles == ("politik",)


def test_a_role_that_is_full_is_told_and_nobody_is_added(talk: Talk):
    told = [talk.says("Ada", line) for line in ("ny person", "Dan Ek", "ledare", "-", "-", "-", "-")]
    assert "role-is-full" in told[-1].keys
    assert "Dan Ek" not in {one.person.name for one in talk.journey().roster.members}


def test_somebody_in_the_group_gets_a_deputys_place_and_keeps_their_roles(talk: Talk):
    fill(talk, "Ada", "ny person", "Bo", "-", "-", "ledare", "-", "-")
    bo = talk.member("Bo")
    assert (bo.roles, bo.deputy_for) == (("grupp",), ("ledare",))


def test_settings_are_shown_in_private_and_changed_field_by_field(talk: Talk):
    told = talk.says("Bo", "inställningar")
    assert {letter.room.external for letter in told.letters} == {"privat:bo"}
    talk.presses("Bo", told.button("settings"), in_private=True)
    talk.privately("Bo", "2")
    told = talk.privately("Bo", "Helsingfors")
    assert ("settings-kept", "en") in told.phrases
    assert "Europe/Helsinki" in talk.privately("Bo", "settings").text


def test_a_zone_is_said_and_changed(talk: Talk):
    assert "Europe/Stockholm" in talk.says("Bo", "tidszon").text
    assert "zone-is-now" in talk.says("Bo", "tidszon New York").keys
    assert "America/New_York" in talk.says("Bo", "tidszon").text
