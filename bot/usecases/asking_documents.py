"""Asks those who could say it for what is missing in a document."""

from bot.usecases.turn import Turn
from dialogs.flows.rights import lacking, leaders, leads
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Composer, Press
from dialogs.model.answers import Address
from dialogs.model.people import Member, PersonId
from dialogs.model.problem import Problem
from dialogs.reports.document_message import ASK
from dialogs.reports.document_parts import asked_now
from dialogs.reports.documents import document_of, written
from dialogs.wording.parts import answer_button
from dialogs.wording.teller import Teller

SURE = f"{ASK}-now"
MOST_BUTTONS = 3


def ask(turn: Turn, journey_id: str, document_id: str, *, sure: bool) -> None:
    """Show who would be asked; when *sure*, ask: each once a day for a document, with all that they could say."""
    journey = turn.whole(journey_id)
    teller = turn.teller(journey)
    document = document_of(teller, document_id)
    if document is None:
        turn.refuse(Problem("old-button"))
        return
    if not leads(teller.pack, journey, turn.person.id):
        turn.refuse(Problem("only-leader"))
        return
    whole = written(teller, document)
    wanted = dict.fromkeys(address for one in whole.lacks if (address := asked_now(teller, one)))
    whom = _whom(turn, teller, list(wanted))
    if not whom:
        turn.say("ask-document-none", title=whole.title)
        return
    names = teller.names(member for member, _ in whom.values())
    if not sure:
        said = Composer().say(turn.words.say("ask-document-who", names=names, title=whole.title))
        said.button(turn.words.text("button-remind-them"), Press(SURE, None, document_id), primary=True)
        turn.reply_about(said.done(), journey.id)
        return
    for person, (member, addresses) in whom.items():
        own = turn.teller(journey, language=member.person.language or journey.language)
        title = own.words(document.title)
        said = own.composer().say(
            own.say("ask-document-asked", name=turn.person.name, title=title, group=journey.group_name)
        )
        said.bullets(
            own.say("open-line", title=own.title(one), status=own.text(f"status-{journey.item(one).status}"))
            for one in addresses
        )
        for one in addresses[:MOST_BUTTONS]:
            answer_button(own, one, said)
        key = f"document:{journey.id}:{document_id}:{turn.today}:{person}"
        turn.letters.append(Letter(key, ToPerson(person), said.done(), "note", journey.id, reminds=True))
    turn.say("remind-missing-sent", names=names)


def _whom(turn: Turn, teller: Teller, wanted: list[Address]) -> dict[PersonId, tuple[Member, list[Address]]]:
    """Return who is asked for what: those who haven't said anything; where all have, whoever settles. Nobody asks oneself."""
    found: dict[PersonId, tuple[Member, list[Address]]] = {}
    for address in wanted:
        who = lacking(teller.pack, teller.journey, address) or leaders(teller.pack, teller.journey)
        for member in who:
            if member.person.id != turn.person.id:
                found.setdefault(member.person.id, (member, []))[1].append(address)
    return found
