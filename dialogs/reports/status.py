"""Where a journey stands: progress over steps and tracks, what is open and with whom, the one next thing."""

from collections.abc import Sequence
from datetime import date

from content.schema.questions import Question
from dialogs.flows.facts import Facts, holds
from dialogs.flows.periods import items_now
from dialogs.flows.phases import running
from dialogs.flows.position import (
    current_step,
    gate,
    in_order,
    put_at_checkpoints,
    put_in_step,
    recounted,
    steps_from_entry,
)
from dialogs.flows.rights import lacking
from dialogs.messages import Composer, Message, Spans, words
from dialogs.model.answers import Address
from dialogs.model.checkpoint import Held
from dialogs.reports.covering import gap_lines, year_lines
from dialogs.reports.year import by_day, next_line, open_lines, to_come
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.exercises import exercise_line
from dialogs.wording.teller import Teller

MOST_NAMES = 4


def status_message(
    teller: Teller, *, reminders_paused: date | None = None, coming: Sequence[Held] = (), newer: str = ""
) -> Message:
    """Return the status of the whole journey, which must be loaded whole: ten lines, the rest folded.

    *reminders_paused* is the last day of the pause that its reminders have, if they have one; *coming* are its
    checkpoints, open or to come. *newer* is the version that the group could go over to.
    """
    pack, journey = teller.pack, teller.journey
    said = teller.composer().heading(
        teller.text("status-heading", group=journey.group_name, method=teller.words(pack.manifest.title))
    )
    if journey.state == "paused":
        said.say(teller.say("status-paused"))
    if reminders_paused is not None:
        said.say(teller.say("status-reminders-paused", day=reminders_paused))
    step = current_step(pack, journey)
    if step is None and pack.cycle:
        said.say(the_year(teller)).say(next_thing(teller))
    elif step is None:
        said.say(teller.say("status-ended", n=len(journey.signed)))
    else:
        page = journey.page(step)
        number = pack.step_number[step]
        said.say(
            teller.say("status-step", number=number, of=len(pack.steps), title=teller.step_title(step),
                       done=page.done, asked=page.asked)
        )  # fmt: skip
        on = running(pack, journey)
        if on is not None:
            said.say(exercise_line(teller, on[0]))
        said.say(next_thing(teller))
        said.bullets(_open(teller))
    if journey.checkpoints:
        said.say(teller.say("status-checkpoints")).bullets(open_lines(teller))
    if pack.cycle and (step is None or to_come(teller, coming)):
        said.say(next_line(teller, coming))
    if newer:
        said.say(teller.say("version-there-is", version=newer))
    for line in year_lines(teller, begun=step is not None):
        said.say(line)
    said.fold(teller.text("status-all-steps"), Composer().bullets(_steps(teller)))
    said.fold(teller.text("status-tracks"), Composer().bullets(_tracks(teller)))
    said.fold(teller.text("status-gaps"), Composer().bullets(gap_lines(teller)))
    said.fold(teller.text("status-to-review"), Composer().bullets(_review(teller)))
    return said.done()


def the_year(teller: Teller) -> Spans:
    """Return that a method that goes by the year goes on; its steps are behind the group, or it never had any."""
    signed = len(teller.journey.signed)
    return teller.say("status-year-ended", n=signed) if signed else teller.say("status-year")


def next_thing(teller: Teller) -> Spans:
    """Return the one next thing to do, and for whom."""
    pack, journey = teller.pack, teller.journey
    step = current_step(pack, journey)
    if step is None:
        return _next_at_checkpoint(teller)
    before_group = put_in_step(pack, journey, today=teller.today)
    front = [address for address in before_group if not journey.item(address).waiting] or list(before_group)
    on = running(pack, journey)
    if not front and on is not None:
        return teller.say("next-exercise", title=teller.words(on[0].title))
    if not front:
        state = gate(pack, journey, step, today=teller.today)
        if state.missing:
            return teller.say("next-missing", what=teller.words(state.missing[0].say))
        return teller.say("next-sign", number=pack.step_number[step])
    address = front[0]
    item = journey.item(address)
    title = teller.title(address)
    if item.in_round:
        return teller.say("next-round", title=title)
    waiting = _waiting_for(teller, address)
    if (
        item.contributions
        and teller.question(address).who != "each"
        and item.status in ("contributed", "draft")
    ):
        return teller.say("next-settle", title=title)
    if waiting and len(waiting) <= 4:
        return teller.say("next-answer-by", title=title, names=teller.listed(waiting))
    return teller.say("next-answer", title=title)


def _next_at_checkpoint(teller: Teller) -> Spans:
    """Return what the checkpoint that is due first waits for."""
    parts = put_at_checkpoints(teller.pack, teller.journey, today=teller.today)
    if parts:
        names = _waiting_for(teller, parts[0])
        if not names:
            return teller.say("next-part-settle", title=teller.title(parts[0]))
        if len(names) <= MOST_NAMES:
            return teller.say("next-part", title=teller.title(parts[0]), names=teller.listed(names))
    for open in by_day(teller.journey.checkpoints):
        return teller.say("next-checkpoint", title=title_of_open(teller, open), day=open.due)
    return teller.say("next-none")


def _waiting_for(teller: Teller, address: Address) -> list[str]:
    return [member.person.name for member in lacking(teller.pack, teller.journey, address)]


def _open(teller: Teller) -> list[Spans]:
    lines = []
    for address in put_in_step(teller.pack, teller.journey, today=teller.today):
        waiting = _waiting_for(teller, address)
        title = teller.title(address)
        status = teller.text(f"status-{teller.journey.item(address).status}")
        if waiting and len(waiting) <= 6:
            lines.append(
                teller.say("open-line-with", title=title, status=status, names=teller.listed(waiting))
            )
        else:
            lines.append(teller.say("open-line", title=title, status=status))
    return lines


def _steps(teller: Teller) -> list[Spans]:
    journey, pack = teller.journey, teller.pack
    current = current_step(pack, journey)
    lines = []
    for step in steps_from_entry(pack, journey):
        counted = recounted(pack, journey, step, today=teller.today).page(step)
        key = (
            "step-line-done"
            if step in journey.signed
            else "step-line-now"
            if step == current
            else "step-line"
        )
        lines.append(
            teller.say(key, number=pack.step_number[step], title=teller.step_title(step), done=counted.done,
                       asked=counted.asked)
        )  # fmt: skip
    return lines


def _tracks(teller: Teller) -> list[Spans]:
    lines = []
    for track in teller.pack.tracks:
        questions = [
            q for placed in track.asked for q in placed.questions if not q.optional and _counts(teller, q)
        ]
        done = sum(
            any(item.done for item in items_now(teller.pack, teller.journey, question.id))
            for question in questions
        )
        lines.append(
            teller.say("track-line", title=teller.words(track.title), done=done, asked=len(questions))
        )
    return lines


def _counts(teller: Teller, question: Question) -> bool:
    """Say whether the question is asked as things stand, or has been answered."""
    facts = Facts(teller.pack, teller.journey, teller.today)
    return holds(question.when, facts) or any(item.done for item in teller.journey.items_of(question.id))


def _review(teller: Teller) -> list[Spans]:
    return [
        words(teller.title(item.address))
        for item in in_order(teller.pack, teller.journey, teller.journey.items.values())
        if item.status == "review"
    ]
