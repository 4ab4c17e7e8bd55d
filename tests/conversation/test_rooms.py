"""Rooms and accounts come and go: the coach is let in, taken out, moved along; nothing is lost and whoever leads is told."""

import pytest

from bot.usecases.replies import is_heard
from dialogs.incoming import Changed, Gone, Joined, Left, Profile, Reopened, Uninstalled
from dialogs.ports import ConversationRef
from tests.conversation.talk import CHANNEL
from tests.conversation.workplace import DOOR, TENANT, Workplace, a_profile, account

OTHER = "en annan kanal"


def state(work: Workplace, room: str = CHANNEL) -> str:
    with work.uow() as uow:
        return uow.rooms.state(uow.rooms.find(DOOR, TENANT, room, private=False).id)


def test_the_coach_says_hello_in_a_new_room_and_how_to_begin(new_work: Workplace):
    told = new_work.happens(Joined(), who="Ada")
    assert {"hello-room", "hello-how"} <= told.keys
    assert new_work.form("Ada", told.button("start")) is not None
    assert "tour-then" in new_work.presses("Ada", told.button("command")).keys
    assert new_work.rows("select count(*) from person where name = 'Nils'") == [(0,)]


def test_the_hello_is_in_the_language_of_whoever_let_the_coach_in(new_work: Workplace):
    new_work.profiles[account("Ada")] = a_profile("Ada", language="en")
    assert ("hello-room", "en") in new_work.happens(Joined(), who="Ada").phrases


@pytest.mark.parametrize("why", ["removed", "archived", "deleted"])
def test_whoever_leads_is_told_once_that_the_coach_is_out_of_the_room(work: Workplace, why):
    told = work.happens(Left(why), room=CHANNEL)
    assert [letter.room.external for letter in told.letters] == ["privat:ada"]
    assert f"room-{why}" in told.keys
    assert state(work) == why
    assert work.happens(Left("archived"), room=CHANNEL).letters == []


def test_letters_wait_for_a_closed_room_and_come_when_it_opens(work: Workplace):
    work.happens(Left("archived"))
    work.privately("Ada", "hoppa över 1.1: inte nu")
    assert work.hear().letters == []
    told = work.happens(Reopened())
    assert "room-back" in told.keys
    assert "question" in [letter.how for letter in told.in_room().letters]


def test_being_let_in_again_where_a_group_lives_is_no_new_beginning(work: Workplace):
    work.happens(Left())
    told = work.happens(Joined(), who="Ada")
    assert "hello-room" not in told.keys
    assert state(work) == ""


def test_whoever_speaks_in_a_room_has_opened_it(work: Workplace):
    work.happens(Left())
    work.mentions("Bo", "läget")
    assert state(work) == ""


def test_a_room_that_nobody_knows_is_left_without_a_word(work: Workplace):
    assert work.happens(Left("deleted"), room="okänd").letters == []


# --- moving ---


def test_a_group_moves_to_another_channel_with_all_it_has(work: Workplace):
    work.says("Bo", "lära", to="1.1")
    work.happens(Left("deleted"))
    told = work.mentions("Ada", "flytta hit", room=OTHER)
    assert "moved-here" in told.keys
    assert "moved-away" not in told.keys
    assert [letter.how for letter in told.in_room(OTHER).letters].count("question") == 1
    work.replies("Cia", "resa", work.posted["1.1"], room=OTHER)
    assert work.said_on("1.1") == ["lära", "resa"]


def test_the_old_room_is_told_where_the_coach_still_speaks_there(work: Workplace):
    told = work.mentions("Ada", "flytta hit", room=OTHER)
    assert "moved-away" in told.keys
    assert CHANNEL in {letter.room.external for letter in told.letters}


def test_letters_that_waited_for_the_old_room_come_along(work: Workplace):
    work.happens(Left("deleted"))
    work.privately("Ada", "hoppa över 1.1: inte nu")
    told = work.mentions("Ada", "flytta hit", room=OTHER)
    assert {letter.room.external for letter in told.letters} == {OTHER}
    assert "1.2" in work.posted


def test_only_whoever_leads_moves_the_group(work: Workplace):
    assert "nothing-to-move" in work.mentions("Bo", "flytta hit", room=OTHER).keys
    assert "nothing-to-move" in work.mentions("Ada", "flytta hit").keys
    assert "move-in-channel" in work.privately("Ada", "flytta hit").keys


# --- people who can't be reached ---


def gone(work: Workplace, who: str):
    work.profiles[account(who)] = Profile(who)
    work.mentions(who, "läget")
    return work.happens(Changed(active=False), who=who, room="")


def test_whoever_leads_is_told_once_of_a_member_who_is_gone(work: Workplace):
    told = gone(work, "Cia")
    assert "member-gone" in told.keys
    assert [letter.room.external for letter in told.letters] == ["privat:ada"]
    assert work.happens(Changed(active=False), who="Cia", room="").letters == []


def test_a_role_that_somebody_has_to_take_over_is_named(work: Workplace):
    told = gone(work, "Pia")
    assert "member-gone-with-role" in told.keys
    assert "politik" in told.text.casefold()


def test_when_whoever_leads_is_gone_and_nobody_else_may_the_channel_is_told(work: Workplace):
    told = gone(work, "Ada")
    assert "leader-gone" in told.keys
    assert [letter.room.external for letter in told.letters] == [CHANNEL]


def test_whoever_has_another_account_here_is_not_missed(work: Workplace):
    with work.uow() as uow:
        cia = uow.people.by_account(DOOR, TENANT, account("Cia"))
        assert cia is not None
        uow.people.tie(DOOR, TENANT, "U-another", cia.id)
        uow.commit()
    assert gone(work, "Cia").letters == []


def test_an_account_that_nobody_knows_is_nobodys_news(work: Workplace):
    assert work.happens(Changed(active=False), who="Nils", room="").letters == []
    assert work.rows("select count(*) from person where name = 'Nils'") == [(0,)]


def test_whoever_leads_is_told_of_a_member_who_left_the_room(work: Workplace):
    work.mentions("Cia", "läget")
    told = work.happens(Gone((account("Cia"), "U-nobody")))
    assert "member-left" in told.keys
    assert "ta bort person: Cia" in told.text
    assert [letter.room.external for letter in told.letters] == ["privat:ada"]
    assert "Cia" in work.mentions("Ada", "läget").text


def test_a_member_with_a_role_who_left_is_told_of_with_it(work: Workplace):
    work.mentions("Pia", "läget")
    assert "member-left-with-role" in work.happens(Gone((account("Pia"),))).keys


def test_when_whoever_leads_leaves_the_room_it_is_said_there(work: Workplace):
    told = work.happens(Gone((account("Ada"),)))
    assert "leader-left" in told.keys
    assert [letter.room.external for letter in told.letters] == [CHANNEL]


def test_who_leaves_another_room_is_nobodys_news(work: Workplace):
    work.mentions("Cia", "läget")
    assert work.happens(Gone((account("Cia"),)), room=OTHER).letters == []


@pytest.mark.parametrize(("team", "told"), [("19:team", ["privat:ada"]), ("19:another", []), ("", [])])
def test_who_leaves_the_team_leaves_all_its_channels(work: Workplace, team: str, told: list[str]):
    work.mentions("Cia", "läget")
    with work.uow() as uow:
        for room, its_team in ((CHANNEL, "19:team" if team else ""), (OTHER, team)):
            where = ConversationRef(
                TENANT, room, "https://smba.trafficmanager.net/emea/", "channel", its_team
            )
            uow.conversations.put(where, work.clock.now())
        uow.commit()
    said = work.happens(Gone((account("Cia"),)), room=OTHER)
    assert [letter.room.external for letter in said.letters] == told


def test_only_those_whom_the_coach_knows_are_its_business(work: Workplace):
    def heard(who: str) -> bool:
        return is_heard(work._incoming("", Gone((account(who),)), CHANNEL), uow=work.looking())

    assert (heard("Ada"), heard("Nils")) == (True, False)


# --- the app is taken away ---


def test_an_uninstalled_app_loses_nothing_and_goes_on_when_it_is_back(work: Workplace):
    work.says("Bo", "lära", to="1.1")
    assert work.happens(Uninstalled(), room="").letters == []
    assert state(work) == "removed"
    told = work.happens(Joined(), who="Ada")
    assert "room-back" in told.keys
    assert work.said_on("1.1") == ["lära"]


def test_whoever_leads_and_is_met_elsewhere_is_told_that_the_app_is_gone(work: Workplace):
    with work.uow() as uow:
        ada = uow.people.by_account(DOOR, TENANT, account("Ada"))
        assert ada is not None
        own = uow.rooms.find("terminal", "", "privat:ada", private=True)
        uow.rooms.bind_private(ada.id, own.id)
        uow.commit()
    told = work.happens(Uninstalled(), room="")
    assert told.letters == []
    letters = work.desk.letters("terminal")
    assert [(letter.room.external, letter.person) for letter in letters] == [("privat:ada", ada.id)]
    assert "app-removed" in told.keys
