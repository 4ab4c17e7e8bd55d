"""Shares a record further, or takes it back: `dela exempel 2: alla`, `sluta dela exempel 2`."""

import re

from bot.usecases.about import about_journey
from bot.usecases.sharing import take_back
from bot.usecases.turn import At, Turn
from content.schema.files import Register
from dialogs.events import RecordChanged
from dialogs.flows.rights import belongs, may
from dialogs.flows.sharing import reach_of
from dialogs.hearing.hear import Commanded
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.model.sharing import Share
from dialogs.ports import Spot
from dialogs.values.asking import record_numbered, title_of
from dialogs.values.days import read_day
from dialogs.values.names import find
from dialogs.wording.found import sharing_message

_UNTIL = re.compile(r"\s+(?:till och med|t\.?o\.?m\.?|till|until|to)\s+(.+)$", re.IGNORECASE)
_WITH = re.compile(r"^(?:med|with)\s+", re.IGNORECASE)


def share(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Share with everybody, with one's own organisation or with one that is named; alone, tell how it is shared."""
    found = _record(turn, heard.number or heard.rest, spot)
    if found is None:
        return False
    journey, record, model = found
    if not heard.number:
        _tell(turn, journey, record)
        return True
    to = _WITH.sub("", heard.rest)
    chosen = _option(turn, journey, model, to)
    if chosen is not None:
        _choose(turn, journey, record, model, chosen)
    else:
        _share_with(turn, journey, record, to)
    return True


def unshare(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Take the record back: nobody outside the group sees it from now on."""
    found = _record(turn, heard.rest, spot)
    if found is None:
        return False
    journey, record, model = found
    if model.sharing is None:
        return False
    if reach_of(model, record) != "group":
        _choose(turn, journey, record, model, "")
    elif _may(turn, journey):
        take_back(record.id, journey, turn.uow, by=turn.person.id, at=turn.now)
        _note(turn, journey, record, "shared-group")
        _tell(turn, journey, record)
    else:
        turn.refuse(Problem("only-leader"))
    return True


def _record(turn: Turn, said: str, spot: Spot | None) -> tuple[Journey, Record, Register] | None:
    """Return the record that the words name, of a register that can be shared; None where they name none."""
    if not said.rpartition(" ")[2].isdecimal():
        return None
    at = about_journey(turn, spot)
    if at is None:
        return None
    journey = turn.whole(at.journey)
    record = record_numbered(said, turn.teller(journey).asking)
    model = turn.pack_of(journey).registers[record.register] if record is not None else None
    if record is None or model is None or model.sharing is None:
        return None
    return journey, record, model


def _option(turn: Turn, journey: Journey, model: Register, said: str) -> str | None:
    """Return which of the field's options is meant; `alla`, `organisationen` and `gruppen` are enough."""
    sharing = model.sharing
    field = next((one for one in model.fields if sharing is not None and one.id == sharing.field), None)
    options = [
        (option.id, word)
        for option in getattr(field, "options", ())
        for word in (option.id, *option.title.root.values())
    ]
    if sharing is not None:
        options += [(sharing.everybody, "everybody"), (sharing.organisation, "our organisation")]
    return find(said, tuple(dict.fromkeys(options)), numbered=False).value


def _choose(turn: Turn, journey: Journey, record: Record, model: Register, chosen: str) -> None:
    field = model.sharing.field if model.sharing is not None else ""
    event = RecordChanged(
        by=turn.person.id, at=turn.now, register=record.register, id=record.id, fields={field: chosen}
    )
    moved = turn.act(At(journey.id), journey, event)
    if moved is not None:
        _tell(turn, moved.journey, record)


def _share_with(turn: Turn, journey: Journey, record: Record, said: str) -> None:
    """Share with one organisation that is named, to a day where one is named as well."""
    until = None
    dated = _UNTIL.search(said)
    if dated is not None:
        until = read_day(dated[1], today=turn.today)
        said = said[: dated.start()] if until is not None else said  # a name may have "till" in it
    to = turn.uow.organisations.named(said.strip())
    if to is None:
        turn.refuse(Problem("share-with-whom", {"said": said.strip()}))
    elif not _may(turn, journey):
        turn.refuse(Problem("only-leader"))
    elif journey.practice:
        turn.refuse(Problem("share-not-in-practice"))
    elif until is not None and until < turn.today:
        turn.refuse(Problem("share-day-is-past"))
    else:
        given = Share(record.id, to, turn.person.id, turn.now, until)
        turn.uow.shares.put(given, organisation=journey.organisation)
        _note(turn, journey, record, "shared-named")
        _tell(turn, journey, record)


def _may(turn: Turn, journey: Journey) -> bool:
    pack = turn.pack_of(journey)
    by = turn.person.id
    return journey.state != "closed" and (
        may(pack, journey, by, "edit-registers") or belongs(pack, journey, by)
    )


def _tell(turn: Turn, journey: Journey, record: Record) -> None:
    """Tell how the record is shared by now."""
    shares = turn.uow.shares.of(record.id, turn.today)
    if turn.uow.records.is_for_all(record.id):
        shares = (Share(record.id, journey.organisation, record.by, record.at), *shares)
    names: dict[str | None, str] = {
        one.to: turn.uow.organisations.name(one.to) for one in shares if one.to is not None
    }
    teller = turn.teller(journey)
    title = title_of(record, teller.asking)
    turn.reply_about(sharing_message(teller, title, shares, names), journey.id)


def _note(turn: Turn, journey: Journey, record: Record, what: str) -> None:
    turn.uow.audit.note(
        what, organisation=journey.organisation, by=turn.person.id, about=record.id, at=turn.now
    )
