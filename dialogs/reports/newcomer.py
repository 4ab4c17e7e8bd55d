"""What a newcomer is told: where the group stands, and what has been decided so far."""

from dialogs.flows.position import in_order
from dialogs.messages import Composer, Message, words
from dialogs.reports.status import status_message
from dialogs.wording.teller import Teller


def newcomer_message(teller: Teller) -> Message:
    """Return the message; the journey must be loaded whole. What isn't for the whole group is left out."""
    said = teller.composer().say(teller.say("newcomer", group=teller.journey.group_name))
    said.blocks.extend(status_message(teller).blocks)
    inner = Composer()
    for item in in_order(teller.pack, teller.journey, teller.journey.items.values()):
        if item.value is not None and teller.question(item.address).visibility == "group":
            inner.say(words(f"{teller.title(item.address)}: {teller.settled(item)}"))
    return said.fold(teller.text("decided-so-far"), inner).done()
