"""Puts together what is drawn of one group: its steps and tracks, what is due on a time line, the year as a ring."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dialogs.flows.position import checkpoint_number, steps_from_entry
from dialogs.messages import plain
from dialogs.model.checkpoint import Held, KeptCheckpoint
from dialogs.reports.chart import Chart, Kind, Mark, State
from dialogs.reports.nudge import Dated, dated_records
from dialogs.reports.summary import Summary
from dialogs.reports.year import to_come
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.wording.checkpoints import checkpoint_title, title_of_open
from dialogs.wording.reminders import has_owners, owner_of
from dialogs.wording.teller import Teller

MOST_THINGS = 8  # on a time line
MOST_CHECKPOINTS = 10  # on a ring
LONGEST_TITLE, LONGEST_NAME = 72, 40  # two lines of a phone's width, and one
AHEAD = timedelta(days=365)
BEHIND = timedelta(days=183)
"""A time line goes no further than this; what lies beyond stands at its end, with its day in words."""


def steps_chart(teller: Teller, summary: Summary) -> Chart | None:
    """Return the steps with what is done of each, and the tracks beside them; None where the method has neither."""
    marks = tuple(_step(teller, summary, step) for step in steps_from_entry(teller.pack, teller.journey))
    titles = {track.id: teller.words(track.title) for track in teller.pack.tracks}
    tracks = tuple(
        Mark(_short(titles[one.track]), teller.text("chart-so-many", done=one.done, asked=one.asked), "now",
             done=one.done, asked=one.asked)
        for one in summary.tracks if one.asked
    )  # fmt: skip
    if not marks and not tracks:
        return None
    notes = (teller.text("status-paused"),) if teller.journey.state == "paused" else ()
    said = teller.text("status-tracks") if tracks else ""
    return _chart(teller, "steps", marks, notes=notes, tracks_title=said, tracks=tracks)


def plan_chart(teller: Teller) -> Chart | None:
    """Return what is due and isn't done, the earliest first; None where nothing has a day. The journey holds the records with days."""
    dated = dated_records(teller)
    shown = dated[:MOST_THINGS]
    if not shown:
        return None
    until = min(max(shown[-1].day, teller.today), teller.today + AHEAD)
    since = max(min(shown[0].day, teller.today), teller.today - BEHIND)
    return _chart(
        teller, "plan", tuple(_thing(teller, one) for one in shown), notes=_left_out(teller, len(dated) - len(shown)),
        now=teller.text("chart-today", day=teller.today), first=since.replace(day=1), last=_end_of_month(until),
    )  # fmt: skip


def year_chart(
    teller: Teller, coming: Sequence[Held], kept: Iterable[KeptCheckpoint], year: int
) -> Chart | None:
    """Return the year's checkpoints by day; None where there are none. Those that were retired never were.

    *coming* and *kept* are as for the list of the year; what is late since before *year* is told beside the ring.
    """
    found = [*_over(teller, kept), *_open(teller), *_ahead(teller, coming)]
    marks = sorted(
        (one for one in found if one.day and one.day.year == year), key=lambda one: (one.day, one.title)
    )
    shown = marks[-MOST_CHECKPOINTS:]
    is_now = year == teller.today.year
    before = [one.line for one in found if is_now and one.state == "late" and one.day and one.day.year < year]
    if not shown and not before:
        return None
    return _chart(
        teller, "year", tuple(shown), title=teller.text("chart-title-year", year=year, group=teller.journey.group_name),
        notes=(*before, *_left_out(teller, len(marks) - len(shown))),
        now=teller.text("chart-today", day=teller.today) if is_now else "", first=date(year, 1, 1), last=date(year, 12, 31),
    )  # fmt: skip


def _chart(
    teller: Teller, kind: Kind, marks: tuple[Mark, ...], *,
    title: str = "", now: str = "", notes: tuple[str, ...] = (), tracks_title: str = "",
    tracks: tuple[Mark, ...] = (), first: date | None = None, last: date | None = None,
) -> Chart:  # fmt: skip
    method = teller.words(teller.pack.manifest.title)
    return Chart(
        kind, teller.language,
        title=_short(title or teller.text(f"chart-title-{kind}", group=teller.journey.group_name)),
        of=teller.text("chart-of", method=method, day=teller.today), today=teller.today, marks=marks,
        practice=plain(teller.say("practice-mark")) if teller.journey.practice else "",
        tracks_title=tracks_title, tracks=tracks, notes=notes, now=now, first=first, last=last,
        months=tuple(teller.text(f"month-{month}")[:3].lower() for month in range(1, 13)) if first else (),
        rest=teller.text("chart-rest"),
    )  # fmt: skip


def _step(teller: Teller, summary: Summary, step: str) -> Mark:
    standing, page = summary.standing, teller.journey.page(step)
    title = _short(f"{teller.pack.step_number[step]} {teller.step_title(step)}")
    so_many = teller.text("chart-questions", done=page.done, n=page.asked)
    if step in standing.signed:
        return Mark(title, teller.text("chart-step-done"), "done")
    if step == standing.step:
        told = teller.text("chart-step-now")
        told = f"{told}, {so_many}" if page.asked else told
        return Mark(title, told, "now", done=page.done, asked=page.asked)
    told = teller.text("chart-step-ahead")
    if page.done:
        return Mark(title, f"{told}, {so_many}", "ahead", done=page.done, asked=page.asked)
    return Mark(title, told, "ahead")


def _thing(teller: Teller, one: Dated) -> Mark:
    owner = owner_of(teller, one.record)
    late = one.day < teller.today
    when = teller.text("chart-late" if late else "chart-due", day=one.day)
    title = _short(title_of(one.record, teller.asking))
    if owner is not None or has_owners(teller, one.record):
        who = teller.name(owner) if owner is not None else teller.text("chart-nobody")
        when = f"{when}, {_short(who, LONGEST_NAME)}"
    return Mark(title, when, "late" if late else "ahead", day=one.day)


def _over(teller: Teller, kept: Iterable[KeptCheckpoint]) -> Iterable[Mark]:
    """Yield what is behind the group, each on the day on which it was closed: that is the day that is told."""
    for one in kept:
        if one.state in ("done", "left") and one.checkpoint in teller.pack.checkpoint_of:
            title = checkpoint_title(teller, one.checkpoint, one.subject, one.period)
            day = local_day(one.closed) if one.closed is not None else one.due
            told = teller.text("chart-done" if one.state == "done" else "chart-left", day=day)
            yield _checkpoint(
                teller, one.checkpoint, title, told, day, "done" if one.state == "done" else "left"
            )


def _open(teller: Teller) -> Iterable[Mark]:
    for one in teller.journey.checkpoints:
        late = one.due < teller.today
        told = teller.text("chart-late" if late else "chart-open", day=one.due)
        yield _checkpoint(
            teller, one.checkpoint, title_of_open(teller, one), told, one.due, "late" if late else "now"
        )


def _ahead(teller: Teller, coming: Iterable[Held]) -> Iterable[Mark]:
    for one in to_come(teller, coming):
        title = checkpoint_title(teller, one.checkpoint, one.subject, one.period)
        yield _checkpoint(
            teller, one.checkpoint, title, teller.text("chart-coming", day=one.due), one.due, "ahead"
        )


def _checkpoint(teller: Teller, checkpoint: str, title: str, told: str, day: date, state: State) -> Mark:
    number = checkpoint_number(teller.pack, checkpoint)
    return Mark(_short(title), told, state, number=number, day=day)


def _left_out(teller: Teller, count: int) -> tuple[str, ...]:
    return (teller.text("chart-more", n=count),) if count > 0 else ()


def _short(text: str, most: int = LONGEST_TITLE) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
