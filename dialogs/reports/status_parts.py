"""The details of a status, each whole: what is new, what is late, whom the group waits for, gaps, steps, the year."""

from collections.abc import Sequence

from dialogs.flows.position import current_step, steps_from_entry
from dialogs.messages import Composer, Message, Spans, words
from dialogs.model.checkpoint import Held
from dialogs.reports.covering import gap_lines, year_lines
from dialogs.reports.summary import Changes, Summary
from dialogs.reports.summary_lines import late_others, news_line, role_name
from dialogs.reports.year import next_line, open_lines
from dialogs.wording.feedback import about_step
from dialogs.wording.reminders import late_line
from dialogs.wording.teller import Teller


def part_message(teller: Teller, summary: Summary, part: str, coming: Sequence[Held]) -> Message:
    """Return all there is to say of one part of the status. The journey holds what a summary needs."""
    title = teller.text(f"status-part-{part}")
    said = teller.composer().heading(
        teller.text("status-part-heading", part=title, group=teller.journey.group_name)
    )
    match part:
        case "news":
            _news(teller, summary.changes, said)
        case "late":
            _late(teller, summary, said)
        case "waits":
            _waits(teller, summary, said)
        case "gaps":
            _gaps(teller, summary, said)
        case "year":
            said.bullets(open_lines(teller)).say(next_line(teller, coming))
            for line in year_lines(teller):
                said.say(line)
        case _:
            _steps(teller, summary, said)
    return said.done()


def _news(teller: Teller, changes: Changes | None, said: Composer) -> None:
    said.say(news_line(teller, changes))
    if changes is None:
        return
    if changes.settled:
        known = [teller.title(one) for one in changes.settled if one.question in teller.pack.places]
        said.say(teller.say("news-settled-are", titles=teller.listed(known)))
    if changes.signed:
        titles = teller.listed(about_step(teller, one) for one in changes.signed)
        said.say(teller.say("news-signed-are", titles=titles))
    if changes.more:
        said.say(teller.say("news-more"))


def _late(teller: Teller, summary: Summary, said: Composer) -> None:
    standing = summary.standing
    lines = []
    for one in standing.late:
        record = teller.journey.record(one.record)
        if record is not None:
            lines.append(late_line(teller, record, one.day))
    said.bullets(lines)
    others = late_others(teller, standing)
    for line in others:
        said.say(line)
    if not lines and not others:
        said.say(teller.say("status-late-nothing"))


def _waits(teller: Teller, summary: Summary, said: Composer) -> None:
    lines: list[Spans] = []
    for one in summary.waits:
        status = teller.text(f"status-{teller.journey.item(one.address).status}")
        title = teller.title(one.address)
        if one.people:
            names = teller.listed(teller.name(person) for person in one.people)
            lines.append(teller.say("open-line-with", title=title, status=status, names=names))
        else:
            lines.append(teller.say("open-line", title=title, status=status))
    said.bullets(lines) if lines else said.say(teller.say("status-waits-nothing"))
    quiet = summary.standing.quiet
    if quiet:
        said.say(teller.say("status-quiet", names=teller.listed(teller.name(one) for one in quiet)))
    elif summary.standing.life is not None:
        said.say(teller.say("status-everybody-heard"))


def _gaps(teller: Teller, summary: Summary, said: Composer) -> None:
    standing = summary.standing
    if standing.vacant:
        roles = teller.listed(role_name(teller, one) for one in standing.vacant)
        said.say(teller.say("gap-roles", roles=roles))
    if standing.nobody:
        roles = teller.listed(role_name(teller, one) for one in standing.nobody)
        said.say(teller.say("gap-nobody", roles=roles))
    lines = gap_lines(teller)
    said.bullets(lines)
    for line in year_lines(teller):
        said.say(line)
    if not (standing.vacant or standing.nobody or lines):
        said.say(teller.say("status-gaps-nothing"))


def _steps(teller: Teller, summary: Summary, said: Composer) -> None:
    journey, pack = teller.journey, teller.pack
    current = current_step(pack, journey)
    lines = []
    for step in steps_from_entry(pack, journey):
        key = "step-line-done" if step in journey.signed else "step-line"
        page = journey.page(step)
        lines.append(
            teller.say("step-line-now" if step == current else key, number=pack.step_number[step],
                       title=teller.step_title(step), done=page.done, asked=page.asked)
        )  # fmt: skip
    said.bullets(lines)
    titles = {track.id: teller.words(track.title) for track in pack.tracks}
    tracks = [
        teller.say("track-line", title=titles[one.track], done=one.done, n=one.asked)
        for one in summary.tracks
    ]
    if tracks:
        said.say(teller.say("status-tracks")).bullets(tracks)
    if summary.review:
        said.say(teller.say("status-to-review"))
        said.bullets(words(teller.title(one)) for one in summary.review if one.question in pack.places)
