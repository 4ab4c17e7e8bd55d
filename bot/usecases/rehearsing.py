"""Rehearses a year with a method: asked for in a turn, played beside the turns, and told with a page to read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.usecases.file_kinds import PACK_YEAR, year_file
from bot.usecases.methods import keeps, looks_like_an_id, may_keep, method_named, tell_which
from bot.usecases.named_packs import pack_to_play, waiting, waiting_here
from bot.usecases.pack_jobs import FORGOTTEN, speech_for, told_to
from bot.usecases.pack_keepers import keeps_packs
from bot.usecases.turn import Turn
from content.phrases.book import Phrasebook
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.model.checked_pack import PackFacts
from dialogs.model.pack_job import PackJob, Played, Rehearsing
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Spot, UnitOfWork
from dialogs.values.names import find

YEARS = range(2020, 2100)

KEPT = timedelta(days=1)
"""So long the page is kept for whoever asked for it."""

_YEAR = re.compile(r"(.*\S)\s+(\d{1,4})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The pack that is meant; `waiting` is its id while it isn't installed."""

    pack: str
    version: str
    titles: Mapping[str, str]
    method: bool
    waiting: str = ""


def ask(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`repetera <metod> [år]`: one that waits to be installed comes before one that is."""
    wanted, year = _named(turn, heard.rest), ""
    if wanted is None and (found := _YEAR.fullmatch(heard.rest)):
        wanted, year = _named(turn, found[1]), found[2]
    if wanted is None:
        said = heard.rest if not year else heard.rest.rpartition(" ")[0]
        known = looks_like_an_id(said) and turn.room.private and keeps(turn)
        return known and tell_which(turn, replace(heard, rest=said.strip()))
    if may_keep(turn):
        _begin(turn, wanted, int(year) if year else turn.today.year + 1)
    return True


def ask_for_waiting(turn: Turn, id: str) -> None:
    """The button under a pack that was checked: next year with it."""
    found = waiting_here(waiting(id), turn.person.id, uow=turn.uow, now=turn.now)
    facts = found.checked.facts if found is not None else None
    if facts is None:
        turn.refuse(Problem("pack-waits-no-more"))
    elif may_keep(turn):
        _begin(turn, _waiting(id, facts), turn.today.year + 1)


def text_to_play(
    job: PackJob, task: Rehearsing, *, uow: UnitOfWork, clock: Clock, packs_by: str
) -> str | Problem:
    """Return the pack, compiled; or why it isn't played. Only reads."""
    with uow:
        if not keeps_packs(job.person, uow=uow, by=packs_by):
            return Problem("pack-only-keepers")
        text = pack_to_play(task, job.person, uow=uow, now=clock.now())
    return text or Problem("pack-waits-no-more")


def tell(
    job: PackJob, task: Rehearsing, played: Played, page: bytes, *,
    uow: UnitOfWork, clock: Clock, book: Phrasebook, language: str,
) -> None:  # fmt: skip
    """Keep the page, deflated, and hand it out with what the year came to; without one, say that it was too large."""
    with uow:
        if uow.pack_jobs.done(job, until=clock.now() + KEPT, file=page):
            speech = speech_for(job, uow=uow, book=book, language=language)
            said = Composer().say(
                speech.say("rehearse-played", title=task.title, version=task.version, year=task.year)
            )
            said.bullets([
                speech.say("rehearse-messages", n=played.messages),
                speech.say("rehearse-in-channel", n=played.in_channel),
                speech.say("rehearse-to-people", n=played.people, m=played.messages - played.in_channel),
            ])  # fmt: skip
            if played.stuck:
                said.say(speech.say("rehearse-first-stuck", n=len(played.stuck), question=played.stuck[0]))
            if not page:
                said.say(speech.say("rehearse-page-too-large"))
            message = said.done()
            if page:
                recipe = Recipe(PACK_YEAR, job.person, "", job.id, speech.language)
                message = replace(message, file=year_file(speech, recipe, task))
            uow.outbox.post([told_to(job, message)], clock.now())
        uow.commit()


def _begin(turn: Turn, wanted: _Wanted, year: int) -> None:
    language = turn.language if turn.language in wanted.titles else next(iter(wanted.titles))
    task = Rehearsing(wanted.pack, wanted.waiting, wanted.titles[language], wanted.version, year, language)
    if not wanted.method:
        turn.refuse(Problem("rehearse-no-method", {"id": wanted.pack}))
    elif year not in YEARS:
        turn.refuse(Problem("rehearse-year", {"year": year, "first": YEARS[0], "last": YEARS[-1]}))
    elif any(isinstance(one.task, Rehearsing) for one in turn.uow.pack_jobs.undone_of(turn.person.id)):
        turn.refuse(Problem("rehearse-under-way"))
    else:
        turn.uow.pack_jobs.put(turn.person.id, turn.room.id, task, until=turn.now + FORGOTTEN)
        turn.ring()
        turn.say("rehearse-begun", title=task.title, version=task.version, year=year)


def _named(turn: Turn, said: str) -> _Wanted | None:
    """Return what the speaker has sent and that is called so, else the method that is installed."""
    sent = turn.uow.packs_in_waiting.of_person(turn.person.id, turn.now) if turn.room.private else None
    facts = sent.checked.facts if sent is not None else None
    if sent is not None and facts is not None:
        names = [(facts.id, facts.title(turn.language)), (facts.id, facts.id)]
        if find(said, names, numbered=False, alike=1).value:
            return _waiting(sent.id, facts)
    pack = method_named(turn, said)
    if pack is None:
        return None
    return _Wanted(pack.id, pack.version, pack.manifest.title.root, pack.manifest.method)


def _waiting(id: str, facts: PackFacts) -> _Wanted:
    return _Wanted(facts.id, facts.version, facts.titles, facts.method, id)
