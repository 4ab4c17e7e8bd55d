"""Takes up work with methods that was put off until after the turn, and tells whoever asked when it comes to nothing."""

from datetime import timedelta

from content.phrases.book import Phrasebook
from dialogs.letters import Letter, ToRoom
from dialogs.messages import Message
from dialogs.model.pack_job import PackJob
from dialogs.model.problem import Problem
from dialogs.ports import Clock, UnitOfWork
from dialogs.wording.teller import Speech

HELD = timedelta(minutes=3)
"""So long one piece of work may take: whoever is at it for longer is taken to be gone."""

FORGOTTEN = timedelta(days=7)
"""Work that nobody could do for so long is not done any more."""

MOST_TRIES = 3


def take_job(*, uow: UnitOfWork, clock: Clock) -> PackJob | None:
    """Take up the oldest that nobody is at; None when there is none."""
    with uow:
        job = uow.pack_jobs.claim(clock.now(), clock.now() + HELD)
        uow.commit()
    return job


def take_back_jobs(*, uow: UnitOfWork) -> None:
    """Take back what a process was at that is gone. Only where this one alone serves the database, as on SQLite."""
    with uow:
        uow.pack_jobs.take_back()
        uow.commit()


def give_up(
    job: PackJob, why: Problem, *, uow: UnitOfWork, clock: Clock, book: Phrasebook, language: str
) -> None:
    """Tell why nothing comes of it, once; nothing of it is kept."""
    with uow:
        if uow.pack_jobs.done(job, until=clock.now()):
            speech = speech_for(job, uow=uow, book=book, language=language)
            uow.outbox.post([told_to(job, speech.problem(why))], clock.now())
        uow.commit()


def speech_for(job: PackJob, *, uow: UnitOfWork, book: Phrasebook, language: str) -> Speech:
    """Return the words for whoever asked, in their language. *uow* is open."""
    person = uow.people.get(job.person)
    spoken = person.language if person is not None else None
    return Speech(book, spoken or language, lambda: ("private",))


def told_to(job: PackJob, message: Message) -> Letter:
    """Return what came of the work, said where it was asked for."""
    return Letter(f"pack-job:{job.id}", ToRoom(room=job.room), message)
