"""Files and links that come with an answer: kept by name and where they lie; what they hold is never fetched."""

from dataclasses import dataclass, replace

from bot.usecases.turn import AtQuestion, Turn
from content.schema.questions import Question
from dialogs.incoming import Attached, Said
from dialogs.messages import Composer
from dialogs.ports import DraftText, Spot

HELD_AS_LINES = ("text", "list")
"""The kinds of answer that a line with a link can be added to."""


@dataclass(frozen=True, slots=True)
class WithLinks:
    """An answer's text with the links in it, and what has to be said of them; "" when there is nothing to say."""

    text: str
    say: str = ""
    names: str = ""


def attached_to(turn: Turn, at: AtQuestion) -> tuple[Attached, ...]:
    """Return what came with the words, and before them what came alone and has waited for a sentence."""
    what = turn.incoming.what
    now = what.attached if isinstance(what, Said) else ()
    draft = turn.draft() if isinstance(what, Said) else None
    waited = (
        draft is not None and not draft.text and (draft.journey, draft.address) == (at.journey, at.address)
    )
    return (*(draft.attached if waited and draft is not None else ()), *now)


def with_links(question: Question, text: str, attached: tuple[Attached, ...]) -> WithLinks:
    """Put the links in the answer as far as it can hold any."""
    if not attached:
        return WithLinks(text)
    names = ", ".join(one.name for one in attached)
    if question.visibility == "anonymous":
        return WithLinks(text, "file-anonymous", names)  # where a file lies tells who put it there
    if question.kind in HELD_AS_LINES:
        return WithLinks("\n".join((text, *map(_line, attached))), "file-kept", names)
    if question.kind == "file":
        first, *others = attached
        said = f"{text.strip() or first.name} {first.url}"
        return WithLinks(said, "file-one-kept" if others else "file-kept", first.name)
    return WithLinks(text, "file-not-held", names)


def in_a_field(kind: str, text: str, attached: tuple[Attached, ...]) -> str:
    """Return a form's field as it was typed, with the links in it as far as a field of its kind holds any."""
    if attached and kind == "file":
        return f"{text.strip() or attached[0].name} {attached[0].url}"
    return "\n".join((text, *map(_line, attached))) if kind in HELD_AS_LINES else text


def ask_for_words(
    turn: Turn, spot: Spot | None, attached: tuple[Attached, ...], question: Question | None
) -> None:
    """Ask for a sentence about what came alone; it is kept meanwhile, for the question that it was put to."""
    names = ", ".join(one.name for one in attached)
    before = turn.draft()
    if question is not None and question.visibility == "anonymous":
        turn.say("file-anonymous", names=names)
    elif spot is None or (before is not None and before.text):
        turn.say("file-with-words", names=names)
    else:
        kept = tuple(replace(one, fetch="") for one in attached)
        draft = DraftText(turn.person.id, turn.room.id, "", spot.journey, spot.address, attached=kept)
        turn.uow.drafts.keep(draft, turn.now)
        turn.say("file-needs-words", names=names)


def say_of_links(turn: Turn, links: WithLinks) -> None:
    """Add to the receipt what became of the links."""
    if links.say:
        turn.add_to_reply(Composer().say(turn.words.say(links.say, names=links.names)))


def _line(one: Attached) -> str:
    return f"{one.name}: {one.url}"
