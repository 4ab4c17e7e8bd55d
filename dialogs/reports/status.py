"""What a status says first: where the group is, the one next thing; and in at most ten lines all the rest."""

from collections.abc import Sequence
from datetime import date

from dialogs.flows.closing import what_settles
from dialogs.flows.phases import running
from dialogs.flows.position import current_step, gate, put_at_checkpoints, put_in_step
from dialogs.flows.rights import lacking
from dialogs.flows.settling import mode_of
from dialogs.messages import Message, Press, Spans, Words
from dialogs.model.answers import Address
from dialogs.reports.summary import Summary
from dialogs.reports.summary_lines import (
    dates_line,
    gaps_line,
    late_line,
    life_line,
    news_line,
    progress_line,
    waiting_lines,
)  # fmt: skip
from dialogs.reports.year import by_day
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.exercises import exercise_line
from dialogs.wording.teller import Teller

MOST_NAMES = 4
MOST_LINES = 10
PARTS = ("news", "late", "waits", "gaps", "steps", "year")
"""What can be asked for in full."""


def status_message(
    teller: Teller, summary: Summary, *, reminders_paused: date | None = None, newer: str = ""
) -> Message:
    """Return the status of the group in at most ten lines, with a button to each thing that there is more to say of.

    *reminders_paused* is the last day of the pause that its reminders have, if they have one; *newer* is the version
    that the group could go over to.
    """
    journey = teller.journey
    said = teller.composer().heading(
        teller.text(
            "status-heading", group=journey.group_name, method=teller.words(teller.pack.manifest.title)
        )
    )
    said.say(where_line(teller, reminders_paused, newer))
    progress = progress_line(teller, summary)
    if progress:
        said.say(progress)
    if journey.state == "active":
        said.say(next_thing(teller)).bullets(waiting_lines(teller, summary))
    said.say(news_line(teller, summary.changes)).say(late_line(teller, summary.standing))
    said.say(gaps_line(teller, summary)).say(dates_line(teller, summary))
    said.say(life_line(teller, summary.standing))
    for part in parts_there(teller, summary):
        said.button(teller.text(f"button-status-{part}"), Press("status-part", None, part))
    if teller.pack.steps or teller.pack.cycle:
        said.button(teller.text("button-chart"), Press("chart", None, "steps"))
    return said.done()


def parts_there(teller: Teller, summary: Summary) -> Sequence[str]:
    """Return of which things there is more to say."""
    standing, changes = summary.standing, summary.changes
    there = {
        "news": changes is not None and not changes.nothing,
        "late": bool(standing.late or standing.late_checkpoints or standing.lapsed or standing.owed),
        "waits": bool(summary.waits or standing.quiet),
        "gaps": bool(
            standing.vacant or standing.nobody or summary.gaps or teller.pack.counted_reads.questions
        ),
        "steps": bool(teller.pack.steps),
        "year": bool(teller.pack.cycle),
    }
    return [part for part in PARTS if there[part]]


def where_line(teller: Teller, reminders_paused: date | None = None, newer: str = "") -> Spans:
    """Return the line that says where the group is, with what is out of the ordinary."""
    pack, journey = teller.pack, teller.journey
    said: list[Spans] = []
    if journey.state == "paused":
        said.append(teller.say("status-paused"))
    if reminders_paused is not None:
        said.append(teller.say("status-reminders-paused", day=reminders_paused))
    step = current_step(pack, journey)
    if step is not None:
        page = journey.page(step)
        said.append(
            teller.say("status-step", number=pack.step_number[step], of=len(pack.steps),
                       title=teller.step_title(step), done=page.done, n=page.asked)
        )  # fmt: skip
    elif pack.cycle:
        said.append(the_year(teller))
    else:
        said.append(teller.say("status-ended", n=len(journey.signed)))
    on = running(pack, journey)
    if on is not None:
        said.append(exercise_line(teller, on[0]))
    if newer:
        said.append(teller.say("version-there-is", version=newer))
    first, *others = said
    return (*first, *(span for one in others for span in (Words(" "), *one)))


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
        return _to_settle(teller, address)
    waiting = _waiting_for(teller, address)
    if (
        item.contributions
        and teller.question(address).who != "each"
        and item.status in ("contributed", "draft")
    ):
        return _to_settle(teller, address)
    question = teller.question(address)
    if question.kind == "record" and what_settles(pack, journey, question, item)[0]:
        return teller.say("next-fill-or-settle", title=title)
    if waiting and len(waiting) <= 4:
        return teller.say("next-answer-by", title=title, names=teller.listed(waiting))
    return teller.say("next-answer", title=title)


def _next_at_checkpoint(teller: Teller) -> Spans:
    """Return what the checkpoint that is due first waits for."""
    parts = put_at_checkpoints(teller.pack, teller.journey, today=teller.today)
    if parts:
        names = _waiting_for(teller, parts[0])
        if not names:
            return _to_settle(teller, parts[0])
        if len(names) <= MOST_NAMES:
            return teller.say("next-part", title=teller.title(parts[0]), names=teller.listed(names))
    for open in by_day(teller.journey.checkpoints):
        return teller.say("next-checkpoint", title=title_of_open(teller, open), day=open.due)
    return teller.say("next-none")


def _to_settle(teller: Teller, address: Address) -> Spans:
    """Return what makes the group's answer of what has been put in."""
    title = teller.title(address)
    if teller.journey.item(address).in_round:
        return teller.say("next-round", title=title)
    if mode_of(teller.question(address)) == "consent":
        return teller.say("next-ask-group", title=title)
    return teller.say("next-settle", title=title)


def _waiting_for(teller: Teller, address: Address) -> list[str]:
    return [member.person.name for member in lacking(teller.pack, teller.journey, address)]
