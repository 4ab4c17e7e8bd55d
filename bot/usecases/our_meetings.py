"""When bodies meet, in the conversation: one meeting at a time, or a whole year pasted; and the list of them."""

from collections.abc import Iterable, Sequence

from bot.usecases.about import about_journey
from bot.usecases.meetings import drop_meetings, keep_meetings, sorted_meetings
from bot.usecases.organising import may_organise, note
from bot.usecases.turn import At, Turn
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Spans
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.people import Body
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.meeting_lines import read_meeting, read_meeting_lines
from dialogs.values.meetings import Reading, Remark, Written
from dialogs.values.names import find

MOST_SAID = 10  # pasted lines of which something is said


def meeting(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`sammanträde Kommunstyrelsen: 2026-12-08, stopp 2026-11-30` keeps a body's meeting; the same day once more drops it."""
    if not heard.number:
        return False
    found = _body(turn, heard, spot)
    if found is None:
        return True
    journey, body = found
    read = read_meeting(heard.rest, today=turn.today)
    if isinstance(read, Problem):
        turn.refuse(Problem("meeting-how"), text=heard.rest)
        return True
    wanted = MeetingDay(str(body.id), *read)
    judged = sorted_meetings(
        Reading(rows=(Written(1, body.name, *read),)),
        journey.organisation,
        uow=turn.uow,
        today=turn.today,
        default=wanted.body,
    )
    if judged.slips:
        turn.refuse(judged.slips[0].problem, text=heard.rest)
    elif not may_organise(turn, journey):
        turn.refuse(Problem("only-leader-or-admin"))
    else:
        _keep_or_drop(turn, journey, wanted, body.name)
    return True


def meetings(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`sammanträden` lists them, `sammanträden Kommunstyrelsen` those of one body; with days after a colon they are kept."""
    if heard.rest:
        found = _body(turn, heard, spot)
        if found is not None:
            _keep_all(turn, *found, heard.rest)
        return True
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.uow.journeys.head(at.journey)
    body = find(heard.number, _named(journey), numbered=False).value
    if heard.number and body is None:
        return False  # `Sammanträden är viktiga`: words
    _list(turn, journey, body)
    return True


def _body(turn: Turn, heard: Commanded, spot: Spot | None) -> tuple[Journey, Body] | None:
    """Return the group and the body that is named; None when the person has been told what is unclear."""
    at = about_journey(turn, spot)
    if at is None:
        return None
    journey = turn.uow.journeys.head(at.journey)
    found = find(heard.number, _named(journey), numbered=False).value
    if found is None:
        names = ", ".join(name for _, name in _named(journey))
        problem = Problem("meeting-of-whom", {"said": heard.number or "–", "bodies": names or "–"})
        turn.refuse(problem, text=heard.rest)
        return None
    return journey, next(one for one in journey.roster.bodies if one.id == found)


def _named(journey: Journey) -> Sequence[tuple[str, str]]:
    return [(str(one.id), one.name) for one in journey.roster.bodies]


def _keep_or_drop(turn: Turn, journey: Journey, wanted: MeetingDay, name: str) -> None:
    if wanted in turn.uow.calendar.meetings(journey.organisation, since=wanted.day):
        drop_meetings(journey.organisation, [wanted], uow=turn.uow, at=turn.now, first=journey.id)
        note(turn, journey, "meetings-dropped", journey.organisation)
        turn.announce(turn.words.message("meeting-is-dropped", body=name, day=wanted.day))
        return
    keep_meetings(journey.organisation, [wanted], uow=turn.uow, at=turn.now, first=journey.id)
    note(turn, journey, "meetings-kept", journey.organisation)
    key = "meeting-is-kept" if wanted.document_stop is None else "meeting-is-kept-with-stop"
    turn.announce(turn.words.message(key, body=name, day=wanted.day, stop=wanted.document_stop or ""))


def _keep_all(turn: Turn, journey: Journey, body: Body, text: str) -> None:
    """Keep all the days that were pasted, or none of them when one can't be read."""
    if not may_organise(turn, journey):
        turn.refuse(Problem("only-leader-or-admin"), text=text)
        return
    reading = read_meeting_lines(text, body.name, today=turn.today)
    judged = sorted_meetings(
        reading, journey.organisation, uow=turn.uow, today=turn.today, default=str(body.id)
    )
    said = Composer()
    if judged.slips:
        turn.keep(text, at=At(journey.id))
        said.say(turn.words.say("meetings-none-kept"))
        turn.reply(said.bullets(remark_lines(turn, judged.slips)).done())
        return
    if judged.to_keep:
        keep_meetings(journey.organisation, judged.to_keep, uow=turn.uow, at=turn.now, first=journey.id)
        note(turn, journey, "meetings-kept", journey.organisation)
    if judged.to_keep:
        said.say(turn.words.say("meetings-are-kept", n=len(judged.to_keep), body=body.name))
        said.bullets(listed(turn, one) for one in sorted(judged.to_keep, key=lambda one: one.day))
    if judged.same:
        said.say(turn.words.say("meetings-were-there", n=len(judged.same)))
    turn.announce(said.bullets(remark_lines(turn, judged.notes)).done())


def _list(turn: Turn, journey: Journey, body: str | None) -> None:
    found = [
        one
        for one in turn.uow.calendar.meetings(journey.organisation, since=turn.today)
        if body in (None, one.body)
    ]
    said = Composer()
    for one in journey.roster.bodies:
        of = [meeting for meeting in found if meeting.body == str(one.id)]
        if of:
            said.say(turn.words.say("meetings-of", body=one.name)).bullets(listed(turn, day) for day in of)
    if not said.blocks:
        said.say(turn.words.say("no-meetings-here"))
    if may_organise(turn, journey):
        said.say(turn.words.say("meetings-how-to"))
    turn.reply(said.done())


def listed(turn: Turn, one: MeetingDay) -> Spans:
    weekday = turn.words.text(f"weekday-{one.day.weekday()}")
    if one.document_stop is None:
        return turn.words.say("meeting-on-list", weekday=weekday, day=one.day)
    return turn.words.say("meeting-on-list-with-stop", weekday=weekday, day=one.day, stop=one.document_stop)


def remark_lines(turn: Turn, remarks: Sequence[Remark]) -> Iterable[Spans]:
    """Yield what is to be said of lines; what is about the whole has no line."""
    for remark in remarks[:MOST_SAID]:
        what = turn.words.text(remark.problem.key, **remark.problem.args)
        if remark.line:
            yield turn.words.say("meeting-on-line", line=remark.line, what=what)
        else:
            yield turn.words.say(remark.problem.key, **remark.problem.args)
    if len(remarks) > MOST_SAID:
        yield turn.words.say("meeting-lines-more", n=len(remarks) - MOST_SAID)
