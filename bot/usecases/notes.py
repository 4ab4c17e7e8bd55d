"""Notes that somebody writes for themselves: kept, shown, removed and shared by nobody but whoever wrote them."""

from bot.usecases.oneself import show_privately
from bot.usecases.places import journeys_here, which_journey
from bot.usecases.turn import Turn
from dialogs.flows.phases import running
from dialogs.hearing.hear import Commanded, hear
from dialogs.incoming import Said
from dialogs.letters import Letter, ToRoom
from dialogs.messages import Composer, Press, words
from dialogs.model.notes import PrivateNote
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.wording.notes import note_line

LONGEST = 4000


def take(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`anteckna: …` keeps a note, in the private chat alone: in a channel everybody has read it already.

    In a question's thread it takes the colon to tell a note from an answer that begins with the word.
    """
    if spot is not None and spot.address is not None and not _has_colon(turn):
        return False
    if not turn.room.private and not turn.incoming.aside:
        if not journeys_here(turn):
            return False
        turn.refuse(Problem("note-in-private"))
        return True
    if not heard.rest:
        turn.refuse(Problem("note-how-to"))
    elif len(heard.rest) > LONGEST:
        turn.refuse(Problem("note-too-long", {"most": LONGEST}), text=heard.rest)
    else:
        _keep(turn, heard.rest, spot)
    return True


def _has_colon(turn: Turn) -> bool:
    said = turn.incoming.what
    first, colon, _ = said.text.partition(":") if isinstance(said, Said) else ("", "", "")
    return bool(colon) and hear(first) == Commanded("note")


def _keep(turn: Turn, text: str, spot: Spot | None) -> None:
    heads = [turn.uow.journeys.head(one.id) for one in journeys_here(turn)] if spot is None else []
    on = [head for head in heads if running(turn.pack_of(head), head) is not None]
    journey = on[0].id if len(on) == 1 else which_journey(turn, spot, text=f"anteckna: {text}")
    if journey is None:
        return
    head = turn.uow.journeys.head(journey)
    held = running(turn.pack_of(head), head)
    exercise, phase = (held[0].id, held[1].phase if held[1].held == "channel" else "") if held else ("", "")
    note = PrivateNote(0, journey, text, turn.now, exercise, phase)
    number = turn.uow.notes.add(turn.person.id, note, organisation=head.organisation)
    said = Composer().say(turn.words.say("note-kept", number=number, group=head.group_name))
    said.button(turn.words.text("button-note-remove"), Press("note-remove", None, str(number)))
    turn.reply(said.done())


def mine(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show the person's own notes, in private."""
    found = _own(turn)
    if not found:
        show_privately(turn, turn.words.message("notes-none"))
        return True
    said = Composer().heading(turn.words.text("notes-heading"))
    for journey in dict.fromkeys(note.journey for note in found):
        teller = turn.teller(turn.uow.journeys.head(journey))
        said.say(words(teller.journey.group_name, strong=True))
        said.bullets(note_line(teller, note) for note in found if note.journey == journey)
    last = found[-1].number
    show_privately(turn, said.say(turn.words.say("notes-how", number=last)).done())
    return True


def remove(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ta bort anteckning 2`."""
    note = _named(turn, heard)
    if note is not None:
        turn.uow.notes.remove(turn.person.id, note.number)
        show_privately(turn, turn.words.message("note-removed", number=note.number))
    return True


def remove_by_press(turn: Turn, number: str) -> None:
    remove(turn, Commanded("note-remove", rest=number), None)


def share(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`dela anteckning 2` lets the group read it in its channel, with the name of whoever wrote it."""
    note = _named(turn, heard)
    if note is None:
        return True
    head = turn.uow.journeys.head(note.journey)
    if head.roster.member(turn.person.id) is None:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))
        return True
    teller = turn.teller(head, language=head.language)
    said = Composer().say(teller.say("note-is-shared", name=turn.person.name)).quote(words(note.text))
    turn.letters.append(Letter(turn.key(), ToRoom(journey=note.journey), said.done()))
    turn.uow.notes.share(turn.person.id, note.number, turn.now)
    show_privately(turn, turn.words.message("note-you-shared", number=note.number, group=head.group_name))
    return True


def _own(turn: Turn) -> list[PrivateNote]:
    """Return the person's notes, but for those about groups that may not be met here."""
    person = turn.person.id
    every = {one.id for one in turn.everything.journeys.of_person(person)}
    hidden = every - {one.id for one in turn.uow.journeys.of_person(person)}
    return [note for note in turn.uow.notes.of(person) if note.journey not in hidden]


def _named(turn: Turn, heard: Commanded) -> PrivateNote | None:
    said = (heard.number or heard.rest).strip().rstrip(".")
    found = next((note for note in _own(turn) if str(note.number) == said), None)
    if found is None:
        turn.refuse(Problem("note-unknown"))
    return found
