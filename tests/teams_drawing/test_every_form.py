"""Every form that the packs can open, in both languages, is one that Teams takes and that hands in what it showed."""

import pytest

from bot.teams.interactions import typed_in
from dialogs.forms import values_of
from dialogs.wording.teller import Teller
from tests.drawing.conversations import NAMES, conversation
from tests.drawing.fillings import fillings
from tests.teams_drawing.reading_back import book, drawn_dialog, handed_in
from tests.teams_drawing.validators import npm

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("name", NAMES, ids="-".join)
def test_teams_takes_each_form_and_hands_in_what_it_showed(name):
    """The group stands where it does at the walkthrough's end."""
    played = conversation(*name)
    assert played.left is not None
    pack, journey = played.left
    teller = Teller(book(), pack, journey, played.language, journey.started)
    cards = []
    for filling in fillings(teller):
        card = drawn_dialog(filling.form, played.language)
        shown = values_of(filling, {}, teller.asking, speaker=journey.starter)
        assert values_of(filling, typed_in(handed_in(card)), teller.asking, speaker=journey.starter) == shown
        cards.append(card)
    assert len(cards) > 20
    npm.need()
    assert not any(npm.parsed(cards))
