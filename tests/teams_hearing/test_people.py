"""Who speaks is told by what they did, as it is stored: by a process that is no more, it may be."""

import pytest

from bot.teams.people import Acquaintances
from dialogs.incoming import Client, Gone, Profile
from storage.mapping import INCOMING
from tests.teams.driver import Place, Scope
from tests.teams.identity import TENANT
from tests.teams_hearing.house import ANNA, ROOM, acted


def test_whoever_spoke_before_the_process_was_killed_is_known_after_it():
    async def act(house):
        house.connector.members[ANNA.user] = {
            "id": ANNA.user,
            "name": ANNA.name,
            "email": "anna@kommunen.example",
        }
        await house.driver().once(house.driver().said(ANNA, Place(ROOM, "groupChat"), "hej", mention=True))
        [stored] = house.counter.stored.values()
        after = Acquaintances(house.door._people._connector, house.door._people._references)
        return stored, await after.profiles(INCOMING.value(INCOMING.text(stored)), [stored.account])

    stored, found = acted(act)

    assert (stored.tenant, stored.client) == (TENANT, Client(ANNA.user, "sv", "Europe/Stockholm"))
    assert found == {
        stored.account: Profile(ANNA.name, "anna@kommunen.example", language="sv", zone="Europe/Stockholm")
    }


@pytest.mark.parametrize(("scope", "told"), [("channel", True), ("groupChat", True), ("personal", False)])
def test_who_is_taken_out_of_a_room_with_others_is_told_of(scope: Scope, told: bool):
    async def act(house):
        house.counter.heard = lambda incoming: True
        gone = {"id": ANNA.user, "aadObjectId": ANNA.account.upper()}
        await house.driver().members(ANNA, Place(ROOM, scope), "membersRemoved", gone, {"id": "29:guest"})
        return [(one.account, one.what) for one in house.counter.stored.values()]

    assert acted(act) == ([("", Gone((ANNA.account, "29:guest")))] if told else [])
