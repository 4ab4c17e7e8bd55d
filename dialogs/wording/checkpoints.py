"""Words for a checkpoint: how it opens, moves and closes, and who owes what of it."""

from collections.abc import Sequence
from typing import Literal

from content.reads import questions_of_when
from content.schema.cycle import Checkpoint, MeetingIn, NextMeetingAfter, TimesPerYear
from dialogs.flows.checkpoints import is_asked_privately, missing_parts, owing
from dialogs.flows.periods import items_now
from dialogs.flows.position import checkpoint_number, parts_of
from dialogs.flows.rights import lacking, who_sees_to
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.answers import Address
from dialogs.model.changed import changed
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.values.asking import subject_name
from dialogs.values.names import in_sentence
from dialogs.wording.teller import Teller

MOST_LINES = 12


def checkpoint_title(teller: Teller, checkpoint: str, subject: str = "", period: str = "") -> str:
    """Return what people call it: its number and title, what it is about, and which of the year's or years' it is.

    One that only another version of the method has is called by its id.
    """
    about = subject_name(subject, teller.asking)
    model = teller.pack.checkpoint_of.get(checkpoint)
    number = f"{checkpoint_number(teller.pack, checkpoint)} " if model is not None else ""
    title = f"{number}{teller.words(model.title) if model is not None else checkpoint}"
    named = f"{title}: {about}" if about else title
    which = period_name(teller, checkpoint, period)
    return f"{named}, {which}" if which else named


def title_of_open(teller: Teller, open: OpenCheckpoint) -> str:
    return checkpoint_title(teller, open.checkpoint, open.subject, open.period)


def period_name(teller: Teller, checkpoint: str, period: str) -> str:
    """Return which of the years or windows it is; "" where the day alone tells it from others."""
    model = teller.pack.checkpoint_of.get(checkpoint)
    if model is not None and isinstance(model.when, TimesPerYear):
        return teller.time_of(checkpoint, period)
    return period if len(period) == 4 else ""


def opening_message(teller: Teller, open: OpenCheckpoint) -> Message:
    """Return what the channel is told, once: what is due and why, until when, who owes what. It is edited as parts come."""
    checkpoint = teller.pack.checkpoint_of[open.checkpoint]
    said = teller.composer().heading(teller.text("checkpoint-opens", title=title_of_open(teller, open)))
    said.say(words(teller.words(checkpoint.why)))
    said.say(teller.say("checkpoint-do", what=teller.words(checkpoint.do)))
    due_lines(teller, open, said)
    missing = missing_parts(teller.pack, teller.journey, open, teller.today)
    if missing:
        said.say(teller.say("checkpoint-owed", n=len(missing)))
        _folded(teller, owed_lines(teller, open), said)
        privately = any(is_asked_privately(teller.pack, one) for one in missing)
        how = "checkpoint-how" if privately else "checkpoint-how-here"
        said.say(teller.say(how, number=teller.number(missing[0])))
    elif teller.pack.questions_at(open.checkpoint):
        said.say(teller.say("checkpoint-all-in"))
    else:
        people = who_sees_to(teller.pack, teller.journey, checkpoint, open.subject)
        said.say(teller.say("checkpoint-sees-to", names=teller.listed(teller.name(one) for one in people)))
    if checkpoint.document is not None:
        title, word = document_title(teller, checkpoint.document), document_word(teller, checkpoint.document)
        said.say(teller.say("checkpoint-document", document=title, word=word))
    closing_buttons(teller, open, said, missing=bool(missing))
    return said.done()


def progress_of(teller: Teller, open: OpenCheckpoint) -> Message:
    """Return the channel's message as it is now; in brief, how many parts are missing."""
    left = len(missing_parts(teller.pack, teller.journey, open, teller.today))
    brief = teller.text("checkpoint-progress", title=title_of_open(teller, open), n=left)
    return changed(opening_message(teller, open), brief=brief if left else "")


def moved_message(teller: Teller, open: OpenCheckpoint, before: OpenCheckpoint) -> Message:
    title = title_of_open(teller, open)
    body = body_name(teller, teller.pack.checkpoint_of[open.checkpoint])
    if open.meeting is not None and open.meeting != before.meeting and body:
        said = teller.say(
            "checkpoint-new-meeting", title=title, meeting=open.meeting, body=body, day=open.due
        )
    else:
        said = teller.say("checkpoint-moved", title=title, day=open.due, before=before.due)
    return teller.composer().say(said).done()


def closed_message(
    teller: Teller, open: OpenCheckpoint, how: Literal["done", "left", "retired"], note: str, by: str
) -> Message:
    """Return what is handed over: what came in, what is missing and from whom, and which document comes of it."""
    title = title_of_open(teller, open)
    if how == "retired":
        return teller.message("checkpoint-retired", title=title)
    said = teller.composer()
    if how == "left":
        said.say(teller.say("checkpoint-left", title=title, name=teller.name(by), reason=note))
    else:
        said.say(teller.say("checkpoint-done", title=title))
    page = teller.journey.page(open.page)
    parts = tuple(parts_of(teller.pack, teller.journey, open, teller.today))
    came = [teller.number(one) for one in parts if page.status(one) in ("settled", "review", "contributed")]
    missing = missing_parts(teller.pack, teller.journey, open, teller.today)
    if parts:
        said.say(
            teller.say("checkpoint-came", numbers=teller.listed(came))
            if came
            else teller.say("checkpoint-came-nothing")
        )
    if missing:
        said.say(teller.say("checkpoint-owed", n=len(missing)))
        _folded(teller, owed_lines(teller, open), said)
        said.say(teller.say("checkpoint-late-is-fine"))
    document = teller.pack.checkpoint_of[open.checkpoint].document
    if document is not None:
        title, word = document_title(teller, document), document_word(teller, document)
        said.say(teller.say("checkpoint-handed-over", document=title, word=word))
    return said.done()


def due_lines(teller: Teller, open: OpenCheckpoint, said: Composer) -> None:
    """Say until when, for which meeting; and what to enter where the day is only a rough one."""
    checkpoint = teller.pack.checkpoint_of[open.checkpoint]
    body = body_name(teller, checkpoint)
    if open.meeting is not None:
        said.say(teller.say("checkpoint-due-meeting", day=open.due, meeting=open.meeting, body=body))
        return
    said.say(teller.say("checkpoint-due", day=open.due))
    if isinstance(checkpoint.when, MeetingIn | NextMeetingAfter):
        if body:
            said.say(teller.say("checkpoint-no-meeting", body=body))
        else:
            said.say(teller.say("checkpoint-no-body", number=teller.number(Address(checkpoint.when.body))))


def owed_lines(teller: Teller, open: OpenCheckpoint) -> list[Spans]:
    """Return what is missing and from whom: a line for each unit, and one for each set of people."""
    about: dict[tuple[str, str], list[str]] = {}
    for address in missing_parts(teller.pack, teller.journey, open, teller.today):
        unit = subject_name(address.subject, teller.asking) if address.subject.startswith("unit:") else ""
        names = teller.names(lacking(teller.pack, teller.journey, address))
        about.setdefault((unit, names), []).append(teller.number(address))
    return [_owed(teller, unit, names, numbers) for (unit, names), numbers in about.items()]


def _owed(teller: Teller, unit: str, names: str, numbers: Sequence[str]) -> Spans:
    told = teller.listed(numbers)
    if not names:
        return teller.say("checkpoint-to-settle", numbers=told)
    if unit:
        return teller.say("checkpoint-owed-line", what=unit, numbers=told, names=names)
    return teller.say("checkpoint-owed-by", names=names, numbers=told)


def closing_buttons(teller: Teller, open: OpenCheckpoint, said: Composer, *, missing: bool) -> None:
    """Offer whoever sees to it what can be done. Who may is looked up when it is pressed."""
    if open.subject.startswith("record:"):
        record = open.subject.removeprefix("record:")
        said.button(teller.text("button-change-record"), Press("change-record", None, record))
    if missing:
        said.button(teller.text("button-remind-owing"), Press("remind-owing", None, open.key))
    else:
        said.button(
            teller.text("button-checkpoint-done"), Press("checkpoint-done", None, open.key), primary=True
        )
    said.button(teller.text("button-checkpoint-left"), Press("checkpoint-left", None, open.key))


def open_line(teller: Teller, open: OpenCheckpoint) -> Spans:
    """Return the checkpoint in one line: its day, and who still owes a part. *teller*'s journey holds its items."""
    key = "checkpoint-line-late" if open.due < teller.today else "checkpoint-line-open"
    owed = who_owes(teller, open)
    return (
        *teller.say(key, title=title_of_open(teller, open), day=open.due),
        *(words(" ") if owed else ()),
        *owed,
    )


def who_owes(teller: Teller, open: OpenCheckpoint, *, but: str = "") -> Spans:
    """Return whose answers are missing; how many parts are where that is too many people to name."""
    missing = missing_parts(teller.pack, teller.journey, open, teller.today)
    if not missing:
        return ()
    people = [one for one in owing(teller.pack, teller.journey, open, teller.today) if one != but]
    if people and len(people) <= MOST_LINES:
        return teller.say("remind-others-parts", names=teller.listed(teller.name(one) for one in people))
    return teller.say("remind-nobody-parts", n=len(missing)) if not but else ()


def body_name(teller: Teller, checkpoint: Checkpoint) -> str:
    """Return the name of the body whose meeting it is for; "" where no answer says which."""
    if not isinstance(checkpoint.when, MeetingIn | NextMeetingAfter):
        return ""
    [question] = questions_of_when(checkpoint.when)
    answers = [item.value for item in items_now(teller.pack, teller.journey, question) if item.value]
    return teller.journey.roster.body_name(str(answers[-1])) if answers else ""


def document_title(teller: Teller, document: str) -> str:
    return next(teller.words(one.title) for one in teller.pack.documents if one.id == document)


def document_word(teller: Teller, document: str) -> str:
    """Return the first word that people may ask for the document by; its title where the pack gives none."""
    [found] = [one for one in teller.pack.documents if one.id == document]
    return teller.words(found.words[0]) if found.words else in_sentence(teller.words(found.title))


def _folded(teller: Teller, lines: Sequence[Spans], said: Composer) -> None:
    said.bullets(lines[:MOST_LINES])
    said.fold(teller.text("checkpoint-owed-more"), Composer().bullets(lines[MOST_LINES:]))
