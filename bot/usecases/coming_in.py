"""Has whoever comes in later read first who the coach is, then what waited for them: never what is settled by now."""

from collections.abc import Collection

from bot.usecases.turn import Turn
from dialogs.flows.needs import needs_to_look
from dialogs.flows.position import is_asked, put
from dialogs.flows.rights import expected_of
from dialogs.letters import Letter, ToPerson
from dialogs.model.answers import Address
from dialogs.model.people import Member
from dialogs.wording.questions import question_message
from dialogs.wording.teller import Teller


def what_waited(turn: Turn, person: str) -> list[Letter]:
    """Take what waits to be said to the person in private, to be posted anew; but for what nobody asks any more."""
    return [letter for letter in turn.uow.outbox.call_back(person) if _holds(turn, letter)]


def _holds(turn: Turn, letter: Letter) -> bool:
    """Say whether the letter is still to be read: of a question, whether it is open."""
    if letter.address is None or not letter.journey:
        return True
    journeys = turn.everything.journeys  # it is read in private, wherever the person speaks just now
    try:
        head = journeys.head(letter.journey)
    except KeyError:
        return False  # what was practised, and is gone
    pack = turn.pack_of(head)
    if letter.address.question not in pack.places:
        return letter.address.question in pack.now_called
    journey = journeys.fill(head, needs_to_look(pack, head, letter.address))
    if journey.state == "closed" or journey.item(letter.address).done:
        return False
    return is_asked(pack, journey, letter.address, today=turn.today)


def put_in_private(turn: Turn, teller: Teller, member: Member, *, but_not: Collection[Address]) -> None:
    """Put to a newcomer the open questions that were put to each member in private before they came."""
    pack, journey = teller.pack, teller.journey
    for address in put(pack, journey, today=turn.today):
        if address in but_not:
            continue
        question = teller.question(address)
        own = any(one.person.id == member.person.id for one in expected_of(pack, journey, question, address))
        if own and question.visibility != "group" and not address.period:
            message = question_message(teller, address)
            turn.letters.append(
                Letter(turn.key(), ToPerson(member.person.id), message, journey=journey.id, address=address)
            )
