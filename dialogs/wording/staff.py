"""Words for what colleagues outside the group have said, level by level, and which level nobody has asked."""

from content.schema.coverage import Audience, Coverage
from dialogs.messages import Message, words
from dialogs.values.staff import voices
from dialogs.wording.teller import Teller


def voices_message(teller: Teller, coverage: Coverage) -> Message:
    """Return each level with how many have been heard and what they said. The journey holds the round's register."""
    said = teller.composer().heading(teller.words(coverage.title)).say(words(teller.words(coverage.ask)))
    for audience, told in voices(coverage, teller.asking.facts):
        title = teller.words(audience.title)
        said.say(
            teller.say("staff-level", title=title, n=len(told))
            if told
            else teller.say("staff-unasked", title=title)
        )
        said.bullets(words(one) for one in told if one)
    level = teller.words(coverage.audiences[0].title)
    return said.say(teller.say("staff-how", level=level.lower())).done()


def receipt(teller: Teller, coverage: Coverage, audience: Audience) -> Message:
    """Say that it is kept, how many of the level have been heard, and which level nobody has asked."""
    every = voices(coverage, teller.asking.facts)
    count = next(len(told) for one, told in every if one.id == audience.id)
    said = teller.composer().say(teller.say("staff-kept", title=teller.words(audience.title), n=count))
    unasked = [teller.words(one.title) for one, told in every if not told]
    if unasked:
        said.say(teller.say("staff-still-unasked", names=teller.listed(unasked)))
    return said.done()
