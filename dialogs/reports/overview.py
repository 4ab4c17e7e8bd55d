"""All the groups that somebody follows: who needs help and why, where feedback is owed, who waits, which dates come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from content.phrases.marks import ended
from dialogs.messages import Composer, Press, Spans, Words, words
from dialogs.reports.helping import Reason, gravity, reasons
from dialogs.reports.standing import Standing
from dialogs.reports.summary_lines import few, role_name
from dialogs.values.names import alphabetical
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.teller import Speech, Teller

A_PAGE = 8
MOST_FINE = 12
MOST_DATES = 5
MOST_BUTTONS = 5
SOON = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Place:
    """One of the groups: a teller of it, and where it stands."""

    teller: Teller
    standing: Standing

    @property
    def name(self) -> str:
        return self.teller.journey.group_name


def overview(
    speech: Speech, places: Sequence[Place], *, page: int = 0, all_of_them: bool = False
) -> Composer:
    """Return the overview's *page*, from 0: whoever needs help most stands first; or, if wanted, every group by name.

    *places* are the groups in the order in which they began.
    """
    said = Composer()
    organisations = {one.standing.organisation for one in places}
    where = speech.text("overview-organisations", n=len(organisations))
    said.heading(speech.text("overview-heading", n=len(places), where=where))
    needy = sorted((one for one in places if reasons(one.standing)), key=lambda one: gravity(one.standing))
    shown = sorted(places, key=lambda one: alphabetical(one.name)) if all_of_them else needy
    page = min(max(page, 0), max(0, (len(shown) - 1) // A_PAGE))
    on_page = shown[page * A_PAGE : (page + 1) * A_PAGE]
    if page == 0 and not all_of_them:
        said.say(_counts(speech, places, needy))
    if len(shown) > A_PAGE:
        pages = -(-len(shown) // A_PAGE)
        said.say(speech.say("overview-page", page=page + 1, of=pages))
    said.bullets(place_line(speech, one) for one in on_page)
    if page == 0 and not all_of_them:
        _rest(speech, places, needy, said)
    others = () if page or all_of_them else [one for one in places if one not in needy]
    for one in (*on_page, *others)[:MOST_BUTTONS]:
        said.button(
            speech.text("button-status-of", group=one.name), Press("status", None, one.teller.journey.id)
        )
    which = "all" if all_of_them else "help"
    if len(shown) > (page + 1) * A_PAGE:
        said.button(speech.text("button-overview-more"), Press("overview", None, f"{which}:{page + 1}"))
    if not all_of_them and len(places) > len(needy):
        said.button(speech.text("button-overview-all"), Press("overview", None, "all:0"))
    return said


def place_line(speech: Speech, place: Place) -> Spans:
    """Return a group with where it is, and each reason to help it."""
    teller, standing = place.teller, place.standing
    name = speech.say("overview-group", group=place.name, organisation=teller.journey.organisation_name)
    said: list[Spans] = [name, _where(speech, teller, standing)]
    why = [reason_text(teller, one) for one in reasons(standing)]
    if why:
        joined = "; ".join(why)
        said.append(words(ended(f"{joined[:1].upper()}{joined[1:]}")))
    return tuple(span for number, one in enumerate(said) for span in ((Words(" "),) if number else ()) + one)


def reason_text(teller: Teller, reason: Reason) -> str:
    """Return the reason as evidence: what can be looked up."""
    match reason.kind:
        case "silent" if reason.since is None:
            return teller.text("why-silent-ever", n=reason.count)
        case "silent":
            return teller.text("why-silent", n=reason.count, day=reason.since)
        case "late":
            return teller.text("why-late-things", n=reason.count, day=reason.since)
        case "late-checkpoints":
            return teller.text("why-late-checkpoints", n=reason.count)
        case "lapsed":
            return teller.text("why-lapsed", n=reason.count)
        case "vacant":
            return teller.text(
                "why-vacant", roles=teller.listed(role_name(teller, one) for one in reason.roles)
            )
        case _:
            return teller.text(
                "why-nobody", roles=teller.listed(role_name(teller, one) for one in reason.roles)
            )


def _counts(speech: Speech, places: Sequence[Place], needy: Sequence[Place]) -> Spans:
    paused = sum(one.standing.state == "paused" for one in places)
    said = [speech.say("overview-needy", n=len(needy)) if needy else speech.say("overview-all-fine")]
    if paused:
        said.append(speech.say("overview-paused", n=paused))
    return tuple(span for number, one in enumerate(said) for span in ((Words(" "),) if number else ()) + one)


def _where(speech: Speech, teller: Teller, standing: Standing) -> Spans:
    if standing.state == "paused":
        return speech.say("overview-is-paused")
    if standing.step is not None:
        pack = teller.pack
        return speech.say(
            "overview-step", number=pack.step_number[standing.step], of=len(pack.steps),
            done=standing.done, n=standing.asked,
        )  # fmt: skip
    return speech.say("overview-year" if standing.goes_by_year else "overview-ended")


def _rest(speech: Speech, places: Sequence[Place], needy: Sequence[Place], said: Composer) -> None:
    """Say which groups are fine, where feedback is owed, who waits for help, and which dates come."""
    fine = [one.name for one in places if one not in needy]
    if fine:
        said.say(speech.say("overview-fine", n=len(fine), groups=_some(speech, fine, MOST_FINE)))
    owed = [(one, one.standing.owed) for one in places if one.standing.owed]
    if owed:
        told = [
            speech.text("overview-owed-in", group=one.name, n=len(steps), steps=_numbers(one.teller, steps))
            for one, steps in owed
        ]
        count = sum(len(steps) for _, steps in owed)
        said.say(speech.say("overview-owed", n=count, groups=_some(speech, told, A_PAGE)))
    waiting = _queue(places)
    if waiting:
        told = [speech.text("overview-queue-in", organisation=name, n=n) for name, n in waiting]
        said.say(
            speech.say(
                "overview-queue", n=sum(n for _, n in waiting), organisations=_some(speech, told, A_PAGE)
            )
        )
    dates = _dates(places)
    if dates:
        said.say(speech.say("overview-dates")).bullets(dates)


def _queue(places: Iterable[Place]) -> list[tuple[str, int]]:
    """Return how many wait for help in each organisation: its register is the same for all its groups."""
    found = {
        one.standing.organisation: (one.teller.journey.organisation_name, len(one.standing.support))
        for one in places
    }
    return [(name, n) for name, n in found.values() if n]


def _dates(places: Iterable[Place]) -> list[Spans]:
    """Return the meetings and open checkpoints of the coming weeks, the first few."""
    found = {}
    for one in places:
        teller, meeting = one.teller, one.standing.meeting
        if meeting is not None and meeting.day <= teller.today + SOON:
            body = teller.journey.roster.body_name(meeting.body)
            where = {"organisation": teller.journey.organisation_name, "body": body, "day": meeting.day}
            if meeting.document_stop is None or meeting.document_stop < teller.today:
                line = teller.say("overview-meeting", **where)
            else:
                line = teller.say("overview-meeting-stop", **where, stop=meeting.document_stop)
            found[meeting.day, meeting.body] = line
        for open in teller.journey.checkpoints:
            if teller.today <= open.due <= teller.today + SOON:
                due = teller.say("calendar-checkpoint", day=open.due, title=title_of_open(teller, open))
                found[open.due, f"{teller.journey.id} {open.key}"] = (*words(f"{one.name}: "), *due)
    return [line for _, line in sorted(found.items(), key=lambda one: one[0])][:MOST_DATES]


def _numbers(teller: Teller, steps: Sequence[str]) -> str:
    numbers = sorted(teller.pack.step_number[one] for one in steps if one in teller.pack.step_number)
    return few(teller, [str(number) for number in numbers])


def _some(speech: Speech, names: Sequence[str], most: int) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return ", ".join([*names[:most], speech.text("status-and-more", n=len(names) - most)])
