"""Words for the ways into a method: where the group begins, and where else it could."""

from dialogs.messages import Message, Press
from dialogs.wording.teller import Teller


def entries_message(teller: Teller) -> Message | None:
    """Return the ways in, with a button for each that isn't chosen; None where there is only one."""
    entries = teller.pack.manifest.entries
    if len(entries) < 2:
        return None
    chosen = next((one for one in entries if one.from_step == teller.journey.first_step), entries[0])
    said = teller.composer().say(teller.say("entry-choose", now=teller.words(chosen.title)))
    for one in entries:
        if one is not chosen:
            said.button(teller.words(one.title), Press("entry", None, one.id))
    return said.done()
