"""A journey begins: organisation, units, bodies and people; what is asked follows when they change."""

from pathlib import Path

import pytest

from storage import schema
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, begin, private


def test_a_few_lines_start_a_journey(nobody: Talk):
    begin(nobody)
    journey = nobody.journey()
    roster = journey.roster

    assert (journey.organisation_name, journey.language, journey.practice) == ("Kommunen", "sv", False)
    assert [unit.name for unit in roster.units] == ["Skola", "Vård och omsorg"]
    assert [body.name for body in roster.bodies] == ["Kommunstyrelsen"]
    assert {one.person.name: one.roles for one in roster.members} == {
        "Ada": ("ledare", "grupp"), "Bo": ("grupp",), "Cia": ("grupp",), "Pia": ("politik",), "Karl": ("coach",),
    }  # fmt: skip
    assert nobody.put() == ["1.1"]


def test_the_first_question_is_put_in_the_channel_where_the_journey_began(nobody: Talk):
    for line in ("starta", "Kommunen", "-", "-"):
        nobody.says("Ada", line)
    told = nobody.says("Ada", "-").in_room()
    assert "1.1" in nobody.posted
    assert {"why", "example"} <= set(told.actions)


def test_a_start_handed_in_as_a_whole_form_is_the_same(nobody: Talk):
    form = nobody.says("Ada", "starta").form

    nobody.submits("Ada", form, organisation="Kommunen", units="Skola")

    assert nobody.journey().organisation_name == "Kommunen"


def test_whoever_starts_is_the_organisations_first_admin(nobody: Talk):
    begin(nobody)
    with nobody.uow() as uow:
        [(organisation, _)] = uow.organisations.all()
        [ada] = uow.people.named("Ada", None)
        [bo] = uow.people.named("Bo", None)
        assert uow.organisations.is_admin(organisation, ada.id)
        assert not uow.organisations.is_admin(organisation, bo.id)


def test_somebody_elses_organisation_is_not_to_be_had(talk: Talk):
    talk.says("Nils", "starta", room="annan")

    assert "organisation-is-taken" in talk.says("Nils", "kommunen", room="annan").keys

    for line in ("en annan kommun", "Egen grupp", "-", "-"):
        told = talk.says("Nils", line, room="annan")
    assert "journey-begun" in told.keys


def test_a_group_name_that_is_taken_is_told_and_what_was_filled_in_stays(talk: Talk):
    for line in ("starta", "-"):
        talk.says("Ada", line, room="annan")

    assert "group-is-there" in talk.says("Ada", "-", room="annan").keys

    for line in ("En grupp till", "-", "-"):
        told = talk.says("Ada", line, room="annan")
    assert "journey-begun" in told.keys
    with talk.uow() as uow:
        assert {one.group_name for one in uow.journeys.all()} >= {"En grupp till"}


def test_a_group_starts_in_its_channel_and_not_in_private(nobody: Talk):
    assert "start-in-channel" in nobody.privately("Ada", "starta").keys


def test_without_a_journey_one_is_told_how_to_begin(nobody: Talk):
    assert "no-journey-here" in nobody.says("Ada", "nästa").keys


def test_help_works_for_anybody_at_any_time(nobody: Talk, talk: Talk):
    for who, where in (("Nils", nobody), ("Nils", talk), ("Ada", talk)):
        assert "help-intro" in where.says(who, "hjälp").keys


# --- what is said at first contact ---


def test_what_is_kept_about_one_is_said_in_private_and_once(nobody: Talk):
    first = nobody.says("Ada", "hjälp")
    assert "privacy-secret" in first.keys
    assert "privacy-secret" not in nobody.says("Ada", "hjälp").keys
    assert next(one.room.external for one in first.letters if "greeting" in first.keys) == private("Ada")


def test_it_is_said_again_on_asking_and_to_nobody_else(nobody: Talk):
    nobody.says("Ada", "hjälp")
    told = nobody.says("Ada", "integritet")
    assert {"privacy-stored", "privacy-seen", "privacy-kept", "privacy-ask", "privacy-secret"} <= told.keys
    assert [letter.room.external for letter in told.letters] == [private("Ada")]


def test_everybody_is_greeted_by_themselves(talk: Talk):
    assert "greeting" in talk.says("Bo", "hjälp").keys
    assert "greeting" in talk.privately("Cia", "hjälp").keys


# --- people, roles, units and bodies change ---


def test_a_new_unit_is_asked_about_at_once(talk: Talk):
    talk.says("Ada", "ny enhet: Kultur; Teknik")
    journey = talk.journey()
    assert [unit.name for unit in journey.roster.units] == ["Skola", "Vård och omsorg", "Kultur", "Teknik"]
    assert journey.page("ett").asked == 13


def test_a_unit_that_ends_is_not_asked_about_any_more(talk: Talk):
    before = talk.journey().page("ett").asked
    talk.says("Ada", "stäng enhet: Skola, efterträds av Barn och unga")
    journey = talk.journey()
    assert [unit.name for unit in journey.roster.units] == ["Vård och omsorg", "Barn och unga"]
    assert journey.page("ett").asked == before


def test_bodies_change_in_the_conversation(talk: Talk):
    talk.says("Ada", "ny nämnd: Skolnämnden")
    talk.says("Ada", "stäng nämnd: Skolnämnden")
    assert [body.name for body in talk.journey().roster.bodies] == ["Kommunstyrelsen"]
    talk.says("Ada", "ny nämnd: Vårdnämnden")
    assert [body.name for body in talk.journey().roster.bodies] == ["Kommunstyrelsen", "Vårdnämnden"]


def test_only_whoever_leads_changes_the_group(talk: Talk):
    before = talk.journey().roster
    for line in (
        "ny person: Nils",
        "ny enhet: Kultur",
        "ta bort person: Cia",
        "ny roll: Bo, ledare",
        "lämna över: Bo",
        "stäng enhet: Skola",
    ):
        assert "only-leader" in talk.says("Bo", line).keys, line
    assert talk.journey().roster == before


def test_a_role_is_given_and_dropped(talk: Talk):
    talk.says("Ada", "ny roll: Bo, politik")
    assert talk.member("Bo").roles == ("grupp", "politik")
    talk.says("Ada", "ta bort roll: Bo, politik")
    assert talk.member("Bo").roles == ("grupp",)


def test_a_full_role_is_handed_over_and_never_doubled(talk: Talk):
    assert "role-is-full" in talk.says("Ada", "ny roll: Bo, ledare").keys
    talk.says("Ada", "lämna över: Bo")

    assert talk.member("Bo").roles == ("grupp", "ledare")
    assert talk.member("Ada").roles == ("grupp",)
    assert "only-leader" in talk.says("Ada", "fastställ 1.1: x").keys
    talk.says("Bo", "fastställ 1.1: Bos text")
    assert talk.item("1.1").value == "Bos text"


def test_a_deputy_settles_too(talk: Talk):
    talk.says("Ada", "ersättare: Cia, ledare")
    talk.says("Cia", "fastställ 1.1: Cias text")
    assert talk.item("1.1").value == "Cias text"


def test_the_last_one_who_leads_hands_over_before_leaving(talk: Talk):
    assert "hand-over-first" in talk.says("Ada", "ta bort person: Ada").keys
    assert talk.member("Ada")


def test_whoever_started_and_leads_alone_cannot_leave_either(nobody: Talk):
    for line in ("starta", "Kommunen", "-", "-", "-", "ny person: Bo"):
        nobody.says("Ada", line)
    assert "hand-over-first" in nobody.says("Ada", "ta bort person: Ada").keys
    assert nobody.member("Ada")


def test_the_leaders_role_is_not_dropped_into_nothing(talk: Talk):
    talk.says("Ada", "ersättare: Cia, ledare")
    talk.says("Ada", "ta bort person: Ada")
    assert "hand-over-first" in talk.says("Cia", "ta bort person: Cia").keys


def test_somebody_who_leaves_is_gone_and_their_words_stay(talk: Talk):
    talk.says("Bo", "mina ord", to="1.1")
    talk.says("Ada", "ta bort person: Bo")

    [kept] = talk.item("1.1").contributions
    assert kept.value == "mina ord"
    assert talk.journey().roster.name(str(kept.by)) == "Bo"
    assert "Bo" not in [one.person.name for one in talk.journey().roster.members]
    assert "not-a-member" in talk.says("Bo", "mer från mig", to="1.1").keys


def test_a_newcomer_is_told_where_the_group_is_and_what_was_decided(talk: Talk):
    talk.says("Ada", "fastställ 1.1: Vi lär av Europa")
    talk.says("Ada", "ny person: Nils, grupp")
    assert "Vi lär av Europa" in talk.says("Nils", "hjälp").to("Nils").text


def test_somebody_renamed_keeps_their_words(talk: Talk):
    talk.says("Bo", "mina ord", to="1.1")
    talk.says("Ada", "byt namn: Bo, Bo Bengtsson")
    [kept] = talk.item("1.1").contributions
    assert talk.journey().roster.name(str(kept.by)) == "Bo Bengtsson"


def test_a_renaming_is_noted_like_other_changes_of_a_group(talk: Talk):
    talk.says("Ada", "byt namn: Bo, Bo Bengtsson")
    bo = talk.member("Bo Bengtsson").person.id
    assert talk.rows("select about from audit where kind = 'person-renamed'") == [(bo,)]


def test_nobody_is_given_a_name_that_somebody_else_in_the_organisation_goes_by(talk: Talk):
    assert "command-name-taken" in talk.says("Ada", "byt namn: Bo, cia").keys
    assert "person-renamed" in talk.says("Ada", "byt namn: Bo, BO").keys

    talk.says("Ada", "för Cia 1.1: vi vill lära")

    [given] = talk.item("1.1").contributions
    assert given.by == talk.member("Cia").person.id


@pytest.mark.parametrize(
    "line",
    [
        "ny person: Nils, trollkarl",
        "ny roll: Ingen, politik",
        "ta bort person: Ingen",
        "byt namn: Bo",
        "ny enhet:",
        "stäng enhet: Månen",
    ],
)
def test_a_line_that_names_nobody_changes_nothing(talk: Talk, line):
    before = talk.journey().roster
    assert talk.says("Ada", line).letters
    assert talk.journey().roster == before


def test_a_code_ties_another_account_to_the_same_person(talk: Talk):
    with talk.uow() as uow:
        [bo] = uow.people.named("Bo", None)
        uow.people.put_code("ABCD-EFGH", bo.id, until=talk.clock.now().replace(year=2027))
        uow.commit()
    talk.privately("bosse", "kod abcd-efgh")
    talk.says("bosse", "från mitt andra konto", to="1.1")
    assert [one.by for one in talk.item("1.1").contributions] == [bo.id]
    assert "code-unknown" in talk.privately("nils", "kod abcd-efgh").keys


@pytest.mark.parametrize(
    ("method", "role"),
    [
        ("eu-coachmetoden", "arbetsgrupp"),
        ("samverkan-processtod", "facilitator"),
        ("kronoberg-strategi", "tjänsteperson"),
    ],
)
def test_a_role_that_is_written_as_an_example_is_one_of_the_methods(tmp_path: Path, method: str, role: str):
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    talk = Talk(tmp_path / "coach.db")
    install(talk, method)
    for line in ("starta", "Kommunen", "-", "-", "-"):
        told = talk.says("Ada", line)

    assert f"ny person: Karin Ek, {role}," in told.text
    [leader] = [one for one in talk.pack.manifest.roles if one.id == talk.pack.manifest.leader]
    assert f"Karin Ek, {leader.title.said_in('sv').lower()}" in talk.says("Ada", "lämna över: Nils").text
    talk.close()
