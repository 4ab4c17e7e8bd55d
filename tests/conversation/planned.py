"""A group whose method has measures that are reminded of, and the days on which the clock looks at them."""

from datetime import date
from pathlib import Path

from dialogs.ports import ClaimedLetter
from storage import schema
from tests.calendar.plans import PLAN
from tests.conversation.talk import CHANNEL, Talk, Told, begin

TUESDAY = date(2026, 9, 1)  # the day on which these conversations begin
DUE = date(2026, 9, 15)  # a Tuesday


def begun(file: Path) -> Talk:
    """Return the talk, closed, of a group that has begun; everybody has a private chat."""
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(PLAN, "summa", by="test", at=talk.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Cia", "Pia", "Karl"):
        talk.privately(who, "hjälp")
    begin(talk)
    talk.close()
    return talk


def a_measure(
    talk: Talk, *, what: str = "Ring Bryssel", due: date | None = DUE, who: str = "Bo", room: str = CHANNEL
) -> None:
    for line in (f"ny insats: {what}", due.isoformat() if due else "-", who):
        talk.says("Ada", line, room=room)


def on(talk: Talk, day: date, *, seconds: int = 0) -> Told:
    """Let the clock look around a little after nine on that day."""
    talk.clock.day = day
    talk.clock.seconds = seconds
    talk.desk.tick()
    return talk.hear()


def another_group(talk: Talk, *, room: str = "andra", name: str = "Andra gruppen") -> None:
    """Let Ada lead Bo in another group too."""
    for line in ("starta", "Kommunen", name, "-", "-"):
        talk.says("Ada", line, room=room)
    for line in ("Ada, ledare", "Bo, grupp", "Karl, coach"):
        talk.says("Ada", f"ny person: {line}", room=room)


def actions(letter: ClaimedLetter) -> list[str]:
    return [button.press.action for button in letter.message.buttons]
