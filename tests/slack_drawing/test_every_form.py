"""Every form that the packs can open, in both languages, is one that Slack takes and that hands in what it showed."""

from collections.abc import Iterator

import pytest

from bot.slack.typed import typed
from dialogs.forms import Filling, filling_for, values_of
from dialogs.messages import Press
from dialogs.wording.teller import Teller
from tests.slack_drawing.conversations import NAMES, conversation
from tests.slack_drawing.reading_back import book, drawn_modal, handed_in

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e

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


@pytest.mark.parametrize("name", NAMES, ids="-".join)
def test_slack_takes_each_form_and_hands_in_what_it_showed(name):
    """The group stands where it does at the walkthrough's end."""
    played = conversation(*name)
    assert played.left is not None
    pack, journey = played.left
    teller = Teller(book(), pack, journey, played.language, journey.started)
    count = 0
    for filling in fillings(teller):
        view = drawn_modal(filling.form, played.language)
        shown = values_of(filling, {}, teller.asking, speaker=journey.starter)
        assert values_of(filling, typed(handed_in(view)), teller.asking, speaker=journey.starter) == shown
        count += 1
    assert count > 20
