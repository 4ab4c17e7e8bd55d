"""Words for guides: which there are, and what one comes to, with its why and what speaks for and against the others."""

from collections.abc import Mapping

from content.schema.guides import Guide
from dialogs.flows.guides import Weighed, weigh
from dialogs.messages import Composer, Message, Press, words
from dialogs.model.answers import Value
from dialogs.values.names import find, in_sentence
from dialogs.wording.teller import Teller


def guide_named(teller: Teller, name: str, *, exactly: bool = False) -> Guide | None:
    """Return the guide that people call *name*; *exactly* so, or by a part of its name."""
    options = [
        (guide.id, word)
        for guide in teller.pack.guides
        for text in (guide.title, *guide.words)
        for word in text.root.values()
    ]
    if exactly:
        wanted = name.casefold().strip(" .!?")
        found = next((id for id, word in options if word.casefold() == wanted), None)
    else:
        found = find(name, tuple(dict.fromkeys(options)), numbered=False).value
    return teller.pack.guide_of.get(found or "")


def guides_message(teller: Teller) -> Message:
    """List the guides, each with what it is for and a button to begin."""
    said = teller.composer().say(teller.say("guides-are"))
    for guide in teller.pack.guides:
        title = teller.words(guide.title)
        said.say(teller.say("guide-line", title=title, why=teller.words(guide.why)))
        said.button(teller.text("button-guide", title=in_sentence(title)), Press("guide", None, guide.id))
    return said.done()


def outcome_message(teller: Teller, guide: Guide, answers: Mapping[str, Value]) -> Message:
    """Say what the answers come to and why, the others in short, and what can be done with it."""
    chosen, *others = weigh(teller.pack, teller.journey, guide, answers, teller.today)
    outcome = chosen.outcome
    said = teller.composer().heading(teller.words(guide.title))
    said.say(teller.say("guide-outcome", title=teller.words(outcome.title)))
    said.say(words(teller.words(outcome.why)))
    _reasons(teller, chosen, said)
    inner = Composer()
    for other in others:
        inner.say(words(teller.words(other.outcome.title), strong=True))
        _reasons(teller, other, inner)
    said.fold(teller.text("guide-others"), inner)
    said.say(teller.say("guide-is-advice"))
    argument = f"{guide.id}:{outcome.id}"
    if outcome.add is not None:
        what = in_sentence(teller.words(teller.pack.registers[outcome.add.register_].singular))
        said.button(
            teller.text("button-add-record", what=what), Press("guide-record", None, argument), primary=True
        )
    if guide.note is not None:
        said.button(teller.text("button-keep-outcome"), Press("guide-note", None, argument))
    said.button(teller.text("button-guide-again"), Press("guide", None, guide.id))
    return said.done()


def _reasons(teller: Teller, weighed: Weighed, said: Composer) -> None:
    lines = [teller.say("guide-for", what=teller.words(one)) for one in weighed.speaks_for]
    lines += [teller.say("guide-against", what=teller.words(one)) for one in weighed.speaks_against]
    said.bullets(lines)
