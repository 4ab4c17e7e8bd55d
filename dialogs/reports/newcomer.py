"""What a newcomer is told: where the group stands, and what has been decided so far."""

from collections.abc import Iterator, Sequence

from dialogs.flows.periods import items_now
from dialogs.flows.position import current_step, in_order
from dialogs.messages import Composer, Message, words
from dialogs.model.answers import Item
from dialogs.model.checkpoint import Held
from dialogs.reports.covering import year_lines
from dialogs.reports.status import next_thing, where_line
from dialogs.reports.summary_lines import checkpoints_line
from dialogs.reports.year import next_line
from dialogs.wording.teller import Teller


def newcomer_message(teller: Teller, *, coming: Sequence[Held] = ()) -> Message:
    """Return the message; the journey must be loaded whole. What isn't for the whole group is left out.

    *coming* are its checkpoints, open or to come.
    """
    said = teller.composer().say(teller.say("newcomer", group=teller.journey.group_name))
    method = teller.words(teller.pack.manifest.title)
    said.heading(teller.text("status-heading", group=teller.journey.group_name, method=method))
    said.say(where_line(teller))
    lines = [next_thing(teller), checkpoints_line(teller), next_line(teller, coming) if coming else ()]
    for line in (*lines, *year_lines(teller, begun=current_step(teller.pack, teller.journey) is not None)):
        if line:
            said.say(line)
    inner, skipped = Composer(), Composer()
    for item in in_order(teller.pack, teller.journey, _of_now(teller)):
        if teller.question(item.address).visibility != "group":
            continue
        if item.value is not None:
            inner.say(words(f"{teller.title(item.address)}: {teller.settled(item)}"))
        elif item.skipped is not None:
            skipped.say(words(f"{teller.title(item.address)}: {item.skipped.reason}"))
    said.fold(teller.text("decided-so-far"), inner)
    return said.fold(teller.text("skipped-so-far"), skipped).done()


def _of_now(teller: Teller) -> Iterator[Item]:
    """Yield what was decided or skipped, and of what is asked anew each year what was answered last."""
    asked = dict.fromkeys(address.question for address in teller.journey.items)
    for question in asked:
        if question in teller.pack.places:
            yield from items_now(teller.pack, teller.journey, question)
