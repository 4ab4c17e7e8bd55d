"""Asks an organisation's groups whether they go over to a method's newest version: shown first, then one by one.

Whoever is admin of the organisation may: the groups are theirs, whoever looks after the server's methods.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.usecases.methods import looks_like_an_id, method_named, tell_which
from bot.usecases.pack_jobs import FORGOTTEN, HELD, speech_for, told_to
from bot.usecases.turn import Turn
from bot.usecases.versions import ToLeaders, behind
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press, Spans
from dialogs.model.pack_job import AskingGroups, PackJob
from dialogs.model.problem import Problem
from dialogs.ports import Clock, JourneyRef, Spot, UnitOfWork
from dialogs.values.names import alphabetical
from dialogs.wording.teller import Speech

MOST_NAMED = 20


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`fråga grupperna [metod]`: which groups are behind, with a button that asks them."""
    pack = method_named(turn, heard.rest) if heard.rest else None
    if heard.rest and pack is None:
        return looks_like_an_id(heard.rest) and turn.room.private and tell_which(turn, heard)
    if not turn.room.private:
        turn.refuse(Problem("methods-privately"))
    elif not _organisations(turn):
        turn.refuse(Problem("ask-groups-only-admins"))
    else:
        _tell(turn, [one for one in turn.shelf.newest() if pack is None or one.id == pack.id])
    return True


def show_of(turn: Turn, pack: str) -> None:
    """The button under a method that was installed: its groups."""
    show(turn, Commanded("ask-groups", rest=pack), None)


def begin(turn: Turn, argument: str) -> None:
    """The press: ask those whose groups are behind *argument*, a method and its version, by now."""
    id, _, version = argument.partition("/")
    newest = next((one for one in turn.shelf.newest() if one.id == id), None)
    if not _organisations(turn):
        turn.refuse(Problem("ask-groups-only-admins"))
        return
    if newest is None or newest.version != version:
        turn.refuse(Problem("ask-groups-overtaken"))
        return
    groups = _behind(turn, newest)
    if not groups:
        turn.refuse(Problem("ask-groups-none"))
    elif any(isinstance(one.task, AskingGroups) for one in turn.uow.pack_jobs.undone_of(turn.person.id)):
        turn.refuse(Problem("ask-groups-under-way"))
    else:
        left = tuple(one.id for one in groups)
        task = AskingGroups(id, version, dict(newest.manifest.title.root), left)
        turn.uow.pack_jobs.put(turn.person.id, turn.room.id, task, until=turn.now + FORGOTTEN)
        turn.ring()
        turn.say("ask-groups-begun", n=len(groups))


def ask_group(
    job: PackJob, task: AskingGroups, found: ToLeaders | None, *, uow: UnitOfWork, clock: Clock
) -> PackJob | None:
    """Put the question to those who lead the next group, and go on to the one after it, in one transaction.

    *found* is what there is to put to them; None when it couldn't be made. Return the work that is left, None when
    somebody else is at it by now.
    """
    with uow:
        stands = found is not None and found.stands(uow)
        letters = found.new(uow) if found is not None and stands else ()
        asked = replace(job, task=_counted(task, found, len(letters), stands=stands))
        if not uow.pack_jobs.go_on(asked, clock.now() + HELD):
            return None
        uow.outbox.post(letters, clock.now())
        uow.commit()
    return asked


def tell(
    job: PackJob, task: AskingGroups, *, uow: UnitOfWork, clock: Clock, book: Phrasebook, language: str
) -> None:
    """Tell whoever wanted to know how it went."""
    with uow:
        if uow.pack_jobs.done(job, until=clock.now()):
            speech = speech_for(job, uow=uow, book=book, language=language)
            title = task.titles.get(speech.language) or next(iter(task.titles.values()))
            said = Composer().say(speech.say("ask-groups-done", title=title, version=task.version))
            said.bullets([
                speech.say("ask-groups-asked", n=task.groups, m=task.people),
                *([speech.say("ask-groups-before", n=task.before)] if task.before else []),
                *([speech.say("ask-groups-moved", n=task.moved)] if task.moved else []),
                *([speech.say("ask-groups-failed", n=task.failed)] if task.failed else []),
                *([_leaderless(task.leaderless, speech)] if task.leaderless else []),
            ])  # fmt: skip
            uow.outbox.post([told_to(job, said.done())], clock.now())
        uow.commit()


def _counted(task: AskingGroups, found: ToLeaders | None, new: int, *, stands: bool) -> AskingGroups:
    """Return the work without its next group, which is counted for what becomes of it; *new* people are asked."""
    task = replace(task, left=task.left[1:])
    if found is None:
        return replace(task, failed=task.failed + 1)
    if not stands:
        return replace(task, moved=task.moved + 1)
    if not found.letters:
        return replace(task, leaderless=(*task.leaderless, found.group))
    if not new:
        return replace(task, before=task.before + 1)
    return replace(task, groups=task.groups + 1, people=task.people + new)


def _tell(turn: Turn, packs: Sequence[Pack]) -> None:
    of = {one.id: _behind(turn, one) for one in packs}
    if not any(of.values()):
        turn.refuse(Problem("ask-groups-none"))
        return
    several = len(_organisations(turn)) > 1
    said = Composer().say(turn.words.say("ask-groups-how"))
    for pack in packs:
        groups = of[pack.id]
        if not groups:
            continue
        said.heading(
            turn.words.text(
                "version-heading", method=pack.manifest.title.said_in(turn.language), version=pack.version
            )
        )
        said.bullets(_lines(turn, groups, several=several))
        said.button(
            turn.words.text("button-ask-groups", n=len(groups)),
            Press("ask-groups", None, f"{pack.id}/{pack.version}"), primary=len(packs) == 1,
        )  # fmt: skip
    turn.reply(said.done())


def _lines(turn: Turn, groups: Sequence[JourneyRef], *, several: bool) -> Iterable[Spans]:
    for one in groups[:MOST_NAMED]:
        organisation = turn.uow.organisations.name(one.organisation) if several else ""
        key = "ask-groups-one-of" if several else "ask-groups-one"
        yield turn.words.say(key, group=one.group_name, version=one.version, organisation=organisation)
    if len(groups) > MOST_NAMED:
        yield turn.words.say("ask-groups-more", n=len(groups) - MOST_NAMED)


def _leaderless(names: Sequence[str], speech: Speech) -> Spans:
    named = ", ".join(names[:MOST_NAMED])
    more = speech.text("ask-groups-more", n=len(names) - MOST_NAMED) if len(names) > MOST_NAMED else ""
    return speech.say("ask-groups-leaderless", n=len(names), names=f"{named}, {more}" if more else named)


def _organisations(turn: Turn) -> list[str]:
    """Return the organisations that the speaker is admin of."""
    books = turn.uow.organisations
    return [one for one in books.of_person(turn.person.id) if books.is_admin(one, turn.person.id)]


def _behind(turn: Turn, newest: Pack) -> list[JourneyRef]:
    refs = [
        one for organisation in _organisations(turn) for one in turn.uow.journeys.running_in(organisation)
    ]
    return sorted(behind(refs, newest), key=lambda one: alphabetical(one.group_name))
