"""The ways into a method: chosen by whoever leads, before any step is ended."""

from content.schema.files import PackFile
from dialogs.effects import Ask, StepBegan
from dialogs.events import EntryChosen
from dialogs.flows.position import current_step
from dialogs.model.answers import Address
from dialogs.wording.entries import entries_message
from tests.dialogs.builders import (
    ADA,
    BO,
    NOW,
    a_journey,
    a_pack,
    a_question,
    after,
    contributed,
    effects,
    refusal,
    signed,
    text,
)
from tests.dialogs.telling import a_teller

ONE_WAY = a_pack(a_question("forst"), after=[a_question("sen")])
ENTRIES = [
    {"id": "nystart", "title": text("Nystart"), "from-step": "ett"},
    {"id": "omstart", "title": text("Omstart"), "from-step": "tva"},
]
MANIFEST = ONE_WAY.manifest.model_dump(by_alias=True, exclude={"entries"}) | {"entries": ENTRIES}
PACK = ONE_WAY.model_copy(update={"manifest": PackFile.model_validate(MANIFEST)})


def chooses(entry="omstart", by=ADA):
    return EntryChosen(by=by.id, at=NOW, entry=entry)


def test_a_group_that_restarts_begins_at_a_later_step():
    journey = a_journey(PACK)
    assert effects(PACK, journey, chooses()) == (StepBegan("tva"), Ask(Address("sen")))
    assert current_step(PACK, after(PACK, journey, chooses())) == "tva"


def test_it_may_change_its_mind():
    journey = after(PACK, a_journey(PACK), chooses(), chooses("nystart"))
    assert current_step(PACK, journey) == "ett"


def test_what_an_earlier_step_asks_can_be_answered_all_the_same():
    journey = after(PACK, a_journey(PACK), chooses())
    assert refusal(PACK, journey, contributed("forst", BO, "Ja")) == ""


def test_who_may_choose_and_until_when():
    journey = a_journey(PACK)
    assert refusal(PACK, journey, chooses(by=BO)) == "only-leader"
    assert refusal(PACK, journey, chooses("annan")) == "entry-unknown"
    assert refusal(PACK, after(PACK, journey, signed("ett")), chooses()) == "entry-too-late"


def test_the_ways_in_are_shown_where_there_are_several():
    assert entries_message(a_teller(ONE_WAY, a_journey(ONE_WAY))) is None
    message = entries_message(a_teller(PACK, a_journey(PACK)))
    assert message is not None
    assert [button.press.argument for button in message.buttons] == ["omstart"]
