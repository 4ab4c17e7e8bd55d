"""What the messenger says when Teams turns it away: of the room, and of somebody who has no account any more."""

import pytest

from dialogs.incoming import Left
from dialogs.messages import Message
from dialogs.ports import ClaimedLetter, RoomRef
from dialogs.sending import Later, Never
from tests.doors.faults import Fault
from tests.teams.driver import Place
from tests.teams.identity import TENANT
from tests.teams_hearing.house import ANNA, ROOM, House, acted

LETTER = ClaimedLetter(
    1, 1, "k1", RoomRef("r1", "teams", TENANT, ROOM, private=False), "", Message("Hej"), "note", "", None, ""
)


async def met(house: House) -> None:
    """Let the coach know where the room is."""
    await house.driver().write(ANNA, Place(ROOM, "channel"), "hjälp", mention=True)


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [(403, "BotNotInConversationRoster", "removed"), (404, "ConversationNotFound", "deleted")],
)
def test_a_room_that_is_closed_is_told_of_once_and_its_letter_waits(status, code, why):
    async def act(house: House):
        await met(house)
        house.connector.faults.add(Fault("refused", channel=ROOM, error=code, status=status))
        outcome = await house.door.messenger.send(LETTER)
        return outcome, [one for one in house.counter.stored.values() if isinstance(one.what, Left)]

    outcome, [left] = acted(act)

    assert isinstance(outcome, Later)
    assert (left.what, left.room, left.account, left.private) == (Left(why), ROOM, "", False)


@pytest.mark.parametrize("code", ["MemberNotFoundInConversation", "UserNotFound"])
def test_whoever_has_no_account_any_more_is_told_of(code):
    async def act(house: House):
        await met(house)
        house.connector.faults.add(Fault("refused", "chat", error=code, status=404))
        return await house.door.messenger.open_private(ANNA.account, TENANT)

    assert acted(act) == Never("nobody has the account any more", closed=True)


def test_a_chat_that_is_merely_refused_says_nothing_of_the_account():
    async def act(house: House):
        await met(house)
        house.connector.faults.add(Fault("refused", "chat", error="Forbidden", status=403))
        return await house.door.messenger.open_private(ANNA.account, TENANT)

    found = acted(act)

    assert isinstance(found, Never)
    assert not found.closed
