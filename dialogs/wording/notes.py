"""Words for what somebody has written for themselves."""

from dialogs.flows.phases import phase_of
from dialogs.messages import Spans, Words
from dialogs.model.notes import PrivateNote
from dialogs.time import HOME
from dialogs.wording.teller import Teller


def note_line(teller: Teller, note: PrivateNote) -> Spans:
    """Return the note with its number, when it was written (local time), and what was on by then."""
    at = note.at.astimezone(HOME)
    exercise = teller.pack.exercise_of.get(note.exercise)
    phase = phase_of(exercise, note.phase) if exercise is not None else None
    on = ", ".join(teller.words(one.title) for one in (exercise, phase) if one is not None)
    told = {"number": note.number, "day": at.date(), "at": f"{at:%H:%M}"}
    line = teller.say("note-line-at", on=on, **told) if on else teller.say("note-line", **told)
    shared = teller.say("note-line-shared") if note.shared is not None else ()
    return (*line, Words(f" {note.text}"), *((Words(" "), *shared) if shared else ()))
