"""Files and links that come with an answer: kept by name and where they lie; what they hold is never fetched."""

from collections.abc import Iterable
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
    """Return what came with the words, and before them what came alone and has waited for a sentence, each once."""
    what = turn.incoming.what
    return each_once((*waited_in(turn, at), *what.attached)) if isinstance(what, Said) else ()


def each_once(attached: Iterable[Attached]) -> tuple[Attached, ...]:
    """Return the files without those that lie in the same place: people attach a file anew to say what it shows."""
    return tuple({one.url: one for one in attached}.values())


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
        waited = waited_in(turn, AtQuestion(spot.journey, spot.address)) if spot.address is not None else ()
        kept = each_once((*waited, *(replace(one, fetch="") for one in attached)))
        draft = DraftText(turn.person.id, turn.room.id, "", spot.journey, spot.address, attached=kept)
        turn.uow.drafts.keep(draft, turn.now)
        what = turn.incoming.what
        if isinstance(what, Said) and what.message and spot.address is not None:
            # Whoever is asked for a sentence may write it into the very message that holds the file.
            about = Spot(spot.journey, spot.address, person=turn.person.id)
            turn.uow.outbox.remember_spot(turn.room.id, what.message, about)
        turn.say("file-needs-words", names=names)


def waited_in(turn: Turn, at: AtQuestion) -> tuple[Attached, ...]:
    """Return the files that came alone and have waited for a sentence about this question."""
    draft = turn.draft()
    if draft is None or draft.text or (draft.journey, draft.address) != (at.journey, at.address):
        return ()
    return draft.attached


def let_go(turn: Turn, at: AtQuestion) -> None:
    """Forget the file that waits: its message is gone. Of several nobody knows which it was, and they stay."""
    if len(waited_in(turn, at)) == 1:
        turn.uow.drafts.drop(turn.person.id, turn.room.id)


def say_of_links(turn: Turn, links: WithLinks) -> None:
    """Add to the receipt what became of the links."""
    if links.say:
        turn.add_to_reply(Composer().say(turn.words.say(links.say, names=links.names)))


def _line(one: Attached) -> str:
    return f"{one.name}: {one.url}"
