"""Every form that the packs can open, in both languages, is one that Slack takes and that hands in what it showed."""

import pytest

from bot.slack.typed import typed
from dialogs.forms import values_of
from dialogs.wording.teller import Teller
from tests.drawing.conversations import NAMES, conversation
from tests.drawing.fillings import fillings
from tests.slack_drawing.reading_back import book, drawn_modal, handed_in

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e


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
