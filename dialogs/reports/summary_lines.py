"""Words for what a summary says: each of its facts in one line."""

from collections.abc import Iterable, Sequence

from dialogs.messages import Spans, Words
from dialogs.model.answers import Address
from dialogs.reports.covering import gap_name, year_lines
from dialogs.reports.standing import Late, Standing
from dialogs.reports.summary import Changes, Summary
from dialogs.reports.year import by_day, next_line
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.feedback import about_step
from dialogs.wording.reminders import has_owners
from dialogs.wording.teller import Teller

MOST = 3
"""So many things or people are named in a line; the details name all."""

MOST_GAPS = 2


def progress_line(teller: Teller, summary: Summary) -> Spans:
    """Return how far the tracks have come, and what is counted by the year."""
    titles = {track.id: teller.words(track.title) for track in teller.pack.tracks}
    tracks = [
        teller.text("status-track", title=titles[one.track], done=one.done, asked=one.asked)
        for one in summary.tracks
        if one.asked
    ]
    said = [teller.say("status-tracks-are", tracks=", ".join(tracks))] if tracks else []
    return joined([*said, *year_lines(teller, begun=summary.standing.step is not None)])


def waiting_lines(teller: Teller, summary: Summary) -> list[Spans]:
    """Return whose word the first question waits for, where others have spoken already; else the next thing says it."""
    for wait in summary.waits[:1]:
        status = teller.journey.item(wait.address).status
        if wait.people and status in ("contributed", "draft", "consent"):
            names = few(teller, [teller.name(one) for one in wait.people])
            title, told = teller.title(wait.address), teller.text(f"status-{status}")
            return [teller.say("open-line-with", title=title, status=told, names=names)]
    return []


def checkpoints_line(teller: Teller) -> Spans:
    """Return which checkpoints are open, and until when."""
    what = [
        teller.text("status-checkpoint-due", title=title_of_open(teller, one), day=one.due)
        for one in by_day(teller.journey.checkpoints)
    ]
    return teller.say("status-open-checkpoints", what=few(teller, what)) if what else ()


def news_line(teller: Teller, changes: Changes | None) -> Spans:
    if changes is None:
        return teller.say("status-news-first")
    day = local_day(changes.since)
    if changes.nothing:
        return teller.say("status-news-nothing", day=day)
    counts = {
        "contributions": changes.contributions,
        "settled": len(changes.settled),
        "signed": len(changes.signed),
        "records": changes.records,
        "feedback": changes.feedback,
    }
    what = teller.listed(teller.text(f"news-{kind}", n=count) for kind, count in counts.items() if count)
    return teller.say("status-news", day=day, what=what)


def late_line(teller: Teller, standing: Standing) -> Spans:
    """Return what is late and whose, which rounds ran out, and which steps wait for feedback."""
    said = []
    if standing.late:
        what = few(teller, [late_thing(teller, one) for one in standing.late])
        said.append(teller.say("status-late", n=len(standing.late), day=standing.late[0].day, what=what))
    said += late_others(teller, standing)
    return joined(said) or teller.say("status-late-nothing")


def late_others(teller: Teller, standing: Standing) -> list[Spans]:
    """Return what else should be behind the group by now: checkpoints, rounds, feedback."""
    said = []
    opened = {one.key: one for one in teller.journey.checkpoints}
    if standing.late_checkpoints:
        titles = [title_of_open(teller, opened[key]) for key in standing.late_checkpoints if key in opened]
        said.append(teller.say("status-late-checkpoints", titles=few(teller, titles)))
    if standing.lapsed:
        titles = [_title(teller, one) for one in standing.lapsed]
        said.append(teller.say("status-lapsed", titles=few(teller, titles)))
    if standing.owed:
        steps = [about_step(teller, one) for one in standing.owed]
        said.append(teller.say("status-owed", steps=few(teller, steps)))
    return said


def late_thing(teller: Teller, one: Late) -> str:
    record = teller.journey.record(one.record)
    title = title_of(record, teller.asking) if record is not None else one.record
    if record is not None and not has_owners(teller, record):
        return title
    if one.owner is None:
        return teller.text("status-late-nobodys", title=title)
    return teller.text("status-late-whose", title=title, name=teller.name(one.owner))


def gaps_line(teller: Teller, summary: Summary) -> Spans:
    """Return which roles nobody has, and who isn't represented; of all else that is to be there, how much lacks."""
    standing = summary.standing
    what = []
    if standing.vacant:
        what.append(teller.text("gap-roles-lacking", roles=_roles(teller, standing.vacant)))
    if standing.nobody:
        roles = _roles(teller, standing.nobody)
        what.append(teller.text("gap-role", n=len(standing.nobody), roles=roles))
    of_whom = {id: teller.pack.coverage_of[id] for id, _ in summary.gaps}
    in_order = sorted(summary.gaps, key=lambda gap: of_whom[gap[0]].what.member is None)
    for id, lacking in in_order[:MOST_GAPS]:
        names = few(teller, [gap_name(teller, one, of_whom[id]) for one in lacking])
        what.append(teller.text("gap-of", title=teller.words(of_whom[id].title), names=names))
    if len(in_order) > MOST_GAPS:
        what.append(teller.text("status-and-more", n=len(in_order) - MOST_GAPS))
    return teller.say("status-gaps-are", what="; ".join(what)) if what else teller.say("status-gaps-nothing")


def _roles(teller: Teller, roles: Sequence[str]) -> str:
    return teller.listed(role_name(teller, one) for one in roles)


def dates_line(teller: Teller, summary: Summary) -> Spans:
    """Return the open checkpoints, the next political date, and the checkpoint that comes next."""
    opened = checkpoints_line(teller)
    said = [*([opened] if opened else []), meeting_line(teller, summary.standing)]
    if summary.coming is not None:
        said.append(next_line(teller, (summary.coming,)))
    return joined(said)


def meeting_line(teller: Teller, standing: Standing) -> Spans:
    meeting = standing.meeting
    if meeting is None:
        return teller.say("status-no-meeting")
    body = teller.journey.roster.body_name(meeting.body)
    if meeting.document_stop is None:
        return teller.say("status-meeting", body=body, day=meeting.day)
    key = "status-meeting-stop" if meeting.document_stop >= teller.today else "status-meeting-stopped"
    return teller.say(key, body=body, day=meeting.day, stop=meeting.document_stop)


def life_line(teller: Teller, standing: Standing) -> Spans:
    """Return when the group was heard of last, and who hasn't been heard for long."""
    if standing.life is None:
        said = [teller.say("status-life-never")]
    elif standing.life >= standing.day:
        said = [teller.say("status-life-today")]
    else:
        said = [teller.say("status-life", day=standing.life, n=(standing.day - standing.life).days)]
    if standing.quiet:
        names = few(teller, [teller.name(one) for one in standing.quiet])
        said.append(teller.say("status-quiet", names=names))
    return joined(said)


def role_name(teller: Teller, role: str) -> str:
    return in_sentence(teller.words(teller.pack.role_of[role].title))


def few(teller: Teller, words: Sequence[str]) -> str:
    """Return the first few of the words as a list, and how many more there are."""
    if len(words) <= MOST + 1:
        return teller.listed(words)
    return teller.listed([*words[:MOST], teller.text("status-and-more", n=len(words) - MOST)])


def joined(lines: Iterable[Spans]) -> Spans:
    """Return the lines as one, with a space between."""
    return tuple(span for number, one in enumerate(lines) for span in ((Words(" "),) if number else ()) + one)


def _title(teller: Teller, address: Address) -> str:
    return teller.title(address) if address.question in teller.pack.places else address.question
