"""The jobs that APScheduler runs for `tick.py`: one that writes its reminder as the program does, one that does nothing."""

from bot.desk import Desk
from bot.usecases.plan import with_dates
from dialogs.letters import Letter, ToPerson
from dialogs.model.people import PersonId
from dialogs.wording.reminders import record_due_message
from dialogs.wording.teller import Teller

desks: dict[str, Desk] = {}  # by the address of the database: a job that is stored can't hold one


def say(url: str, journey: str, number: str) -> None:
    """Write the reminder of one measure to whoever answers for it."""
    desk = desks[url]
    with desk.uow as uow:
        loaded, pack = with_dates(uow.journeys.head(journey), uow=uow, shelf=desk.shelf)
        record = loaded.record(number)
        assert record is not None
        owner = PersonId(str(record.fields["ansvarig"]))
        teller = Teller(desk.book, pack, loaded, loaded.language, desk.clock.today())
        message = record_due_message(teller, record, owner)
        uow.outbox.post(
            [Letter(f"job:{number}", ToPerson(owner), message, "note", journey)], desk.clock.now()
        )
        uow.commit()


def nothing(url: str, journey: str, number: str) -> None:
    """The least that a job can cost."""
