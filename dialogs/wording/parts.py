"""Words for a part of a checkpoint: put to whoever owes it, in private, one question at a time."""

from dialogs.flows.checkpoints import is_asked_privately, owing
from dialogs.flows.position import open_at
from dialogs.messages import Composer, Message, Press
from dialogs.model.answers import Address
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.people import PersonId
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.questions import question_message
from dialogs.wording.teller import Teller


def part_message(teller: Teller, address: Address, person: PersonId, *, first: bool) -> Message:
    """Return the question as it is put to one person: what it is for, until when, and how many follow."""
    open = open_at(teller.pack, teller.journey, address)
    asked = question_message(teller, address)
    if open is None:
        return asked
    said = Composer()
    title = title_of_open(teller, open)
    if not first:
        said.say(teller.say("part-next", title=title))
    else:
        key = "part-of-record" if open.subject else "part-of"
        said.say(teller.say(key, group=teller.journey.group_name, title=title))
        said.say(teller.say("checkpoint-due", day=open.due))
    blocks = list(asked.blocks)
    mark = teller.composer().blocks  # practice is said once, in front
    said.blocks[:0] = mark
    said.blocks.extend(blocks[len(mark) :])
    after = owed_after(teller, open, address, person)
    if after:
        said.say(teller.say("parts-after", n=after))
    said.buttons.extend(asked.buttons)
    return said.done()


def owed_after(teller: Teller, open: OpenCheckpoint, address: Address, person: PersonId) -> int:
    """Return how many parts the person owes after this one."""
    owed = owing(teller.pack, teller.journey, open, teller.today).get(person, ())
    return sum(1 for one in owed if one != address and is_asked_privately(teller.pack, one))


def answer_button(teller: Teller, address: Address, said: Composer) -> None:
    """Offer to show the question before whoever owes it: what they write next answers it."""
    label = teller.text("button-answer-part", number=teller.number(address))
    said.button(label, Press("show", address, teller.journey.id), primary=True)
