"""Every form that a group can be asked to fill in where it stands."""

from collections.abc import Iterator

from dialogs.forms import Filling, filling_for
from dialogs.messages import Press
from dialogs.wording.teller import Teller

ABOUT_A_QUESTION = (
    "decision",
    "record",
    "draft",
    "round",
    "object",
    "skip",
    "reopen",
    "despite",
    "concern",
    "change",
)


def presses(teller: Teller) -> Iterator[Press]:
    for address in teller.journey.items:
        yield from (Press(action, address) for action in ABOUT_A_QUESTION)
    for register, model in teller.pack.registers.items():
        yield Press("add-record", None, register)
        yield Press("add-record", None, f"{register}:En titel som är given")
        yield from (Press("record", None, made.id) for made in model.ready_made)
        yield from (Press("change-record", None, record.id) for record in teller.journey.records_in(register))


def fillings(teller: Teller) -> Iterator[Filling]:
    for press in presses(teller):
        filling = filling_for(teller, press)
        if filling is not None:
            yield filling
