"""Takes in a file of meetings that was sent in private: all of it, or nothing and what is wrong with which line."""

from bot.usecases.meetings import keep_meetings, sorted_meetings
from bot.usecases.organising import may_organise
from bot.usecases.our_meetings import listed, remark_lines
from bot.usecases.turn import Turn
from dialogs.files import FileIn
from dialogs.messages import Composer
from dialogs.model.problem import Problem
from dialogs.values.meetings import Reading

MOST_LISTED = 20


def take_meetings(turn: Turn, file: FileIn) -> None:
    """Keep the meetings for the organisation where whoever sent it is an admin, or leads a group."""
    reading = file.read
    if not isinstance(reading, Reading):
        turn.refuse(Problem("file-nobody-takes", {"name": file.name}))
        return
    organisations = _organisations(turn)
    if len(organisations) != 1:
        turn.refuse(Problem("file-whose-meetings" if organisations else "only-leader-or-admin"))
        return
    [organisation] = organisations
    judged = sorted_meetings(reading, organisation, uow=turn.uow, today=turn.today)
    said = Composer()
    if judged.slips:
        said.say(turn.words.say("file-nothing-taken", name=file.name))
        turn.reply(said.bullets(remark_lines(turn, judged.slips)).done())
        return
    if judged.to_keep:
        keep_meetings(organisation, judged.to_keep, uow=turn.uow, at=turn.now)
        turn.uow.audit.note(
            "meetings-kept", organisation=organisation, by=turn.person.id, about=organisation, at=turn.now
        )
    counts = {"new": len(judged.new), "changed": len(judged.changed), "same": len(judged.same)}
    said.say(turn.words.say("meetings-imported", **counts))
    names = {str(one.id): one.name for one in turn.uow.organisations.bodies(organisation, turn.today)}
    for body in dict.fromkeys(one.body for one in judged.to_keep):
        of_body = sorted((one for one in judged.to_keep if one.body == body), key=lambda one: one.day)
        said.say(turn.words.say("meetings-of", body=names.get(body, "–")))
        said.bullets(listed(turn, one) for one in of_body[:MOST_LISTED])
    turn.reply(said.bullets(remark_lines(turn, judged.notes)).done())


def _organisations(turn: Turn) -> list[str]:
    """Return the organisations whose meetings this person may enter."""
    uow, person = turn.uow, turn.person.id
    found = [one for one in uow.organisations.of_person(person) if uow.organisations.is_admin(one, person)]
    theirs = [one for one in uow.journeys.of_person(person) if not one.practice]
    found += [one.organisation for one in theirs if may_organise(turn, uow.journeys.head(one.id))]
    return [*dict.fromkeys(found)]
