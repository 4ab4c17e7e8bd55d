"""What is offered to a group waits for its yes: the group is asked in its channel, and a no is kept with its reason."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.events import RecordChanged
from dialogs.flows.advance import advance
from dialogs.flows.yes import stands
from dialogs.model.answers import Address, Item
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk, Told, begin
from tests.dialogs.builders import a_condition, a_pack, a_question, a_register, options, text

ASK = {
    "proposes": "ja",
    "asked-by": ["coach"],
    "must": [a_condition({"all": [{"filled": "namn"}, {"filled": "dag"}]})],
}
OFFER = a_question(
    "ja", "choice", settle="consent", optional=True, for_each={"register": "stod"}, yes=ASK,
    then=[{"set-field": "sagt", "refused": "nej", "reason": "skal"}], options=options("ja", "nej"),
)  # fmt: skip
SUPPORT = a_register(
    "stod", title=text("Stöd"), singular=text("stödärende"),
    fields=[
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
        {"id": "dag", "kind": "date", "title": text("Dag")},
        {"id": "sagt", "kind": "choice", "title": text("Sagt"), "options": options("ja", "nej")},
        {"id": "skal", "kind": "text", "title": text("Skäl")},
    ],
    requires=[{"to": ["vald"], **a_condition({"equals": {"field": "sagt", "to": "ja"}})}],
    queue=True,
)  # fmt: skip


def _begin(talk: Talk) -> None:
    with talk.uow() as uow:
        pack = a_pack(a_question("forst"), after=[OFFER], registers=[a_register(), SUPPORT])
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    for line in ("nytt stödärende: Coach", "2026-12-01"):
        talk.says("Ada", line)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    found = begun_once(Talk, tmp_path / "coach.db", "a yes", _begin)
    yield found
    found.close()


def offered(talk: Talk) -> Record:
    [record] = talk.journey().records_in("stod")
    return record


def asked(talk: Talk, who: str = "Karl") -> None:
    card = talk.says(who, "visa stöd 1")
    talk.presses(who, card.button("ask-group"))


def test_nothing_starts_before_the_group_has_said_yes_and_everybody_is_asked_in_the_channel(talk: Talk):
    assert "must-first" in talk.says("Ada", "markera stöd 1: vald").keys
    card = talk.says("Karl", "visa stöd 1")
    assert "yes-unasked" in card.keys
    told = talk.presses("Karl", card.button("ask-group"))
    assert {"agree", "concern", "object", "abstain"} <= set(told.in_room().actions)
    assert "must-first" in talk.says("Ada", "markera stöd 1: vald").keys

    for who in ("Ada", "Bo", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 2.1.1")

    assert "Gruppen sa ja" in told.to("Karl").text
    assert offered(talk).fields["sagt"] == "ja"
    talk.says("Ada", "markera stöd 1: vald")
    assert offered(talk).state == "vald"
    assert talk.differences() == []


def test_whoever_offers_sees_how_long_the_group_has_thought(talk: Talk):
    asked(talk)
    talk.says("Bo", "jag samtycker 2.1.1")
    talk.clock.day += timedelta(days=3)

    assert "Väntar på gruppens ja sedan 3 dagar. 1 av 4" in talk.says("Karl", "visa stöd 1").text
    assert "Väntar på gruppens ja sedan 3 dagar. 1 av 4" in talk.says("Karl", "lista stöd").text


def test_a_no_is_kept_with_its_reason_and_nobody_settles_against_it(talk: Talk):
    asked(talk)
    talk.says("Bo", "jag invänder 2.1.1: Vi hinner inte")
    for who in ("Ada", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 2.1.1")

    assert "round-refused" in told.keys
    assert "despite" not in told.actions
    assert offered(talk).fields["sagt"] == "nej"
    assert offered(talk).fields["skal"].endswith(": Vi hinner inte")
    assert "group-said-no" in talk.says("Ada", "fastställ ändå 2.1.1: vi provar").keys
    assert "must-first" in talk.says("Ada", "markera stöd 1: vald").keys

    talk.presses("Karl", talk.says("Karl", "visa stöd 1").button("ask-group"))
    for who in ("Ada", "Bo", "Cia", "Pia"):
        talk.says(who, "jag samtycker 2.1.1")
    assert (offered(talk).fields["sagt"], "skal" in offered(talk).fields) == ("ja", False)
    assert talk.differences() == []


def test_the_group_is_asked_by_those_who_may_once_it_can_know_what_about(talk: Talk):
    card = talk.says("Bo", "visa stöd 1")
    assert "only-leader" in talk.presses("Bo", card.button("ask-group")).keys
    talk.says("Ada", "nytt stödärende: Utan dag")
    talk.says("Ada", "-")

    assert "must-first" in talk.presses("Ada", talk.says("Ada", "visa stöd 2").button("ask-group")).keys
    assert talk.item("2.1.1").round is None


def test_nobody_writes_the_groups_yes_by_hand(talk: Talk):
    form = talk.presses("Ada", talk.says("Ada", "visa stöd 1").button("change-record")).form
    assert [field.id for field in form.fields] == ["namn", "dag"]
    journey, record = talk.journey(), offered(talk)
    event = RecordChanged(
        by=journey.starter, at=talk.clock.now(), register="stod", id=record.id, fields={"sagt": "ja"}
    )

    assert advance(talk.pack, journey, event) == Problem("written-by-the-group")


def test_a_yes_that_was_entered_before_groups_were_asked_counts(talk: Talk):
    question, record = talk.pack.places["ja"].question, offered(talk)
    entered = record.changed({"sagt": "ja"}, by=record.by, at=record.at)

    assert stands(question, Item(Address("ja")), record) == "unasked"
    assert stands(question, Item(Address("ja")), entered) == "yes"


def said_yes(talk: Talk) -> None:
    asked(talk)
    for who in ("Ada", "Bo", "Cia", "Pia"):
        talk.says(who, "jag samtycker 2.1.1")


def changes(talk: Talk, who: str = "Ada", **fields: str) -> Told:
    form = talk.presses(who, talk.says(who, "visa stöd 1").button("change-record")).form
    return talk.submits(who, form, **{"namn": "Coach", **fields})


@pytest.mark.parametrize(("field", "other"), [("dag", "2027-03-01"), ("namn", "En annan coach")])
def test_a_yes_does_not_cover_something_else_or_a_later_day_and_the_group_is_asked_again(
    talk: Talk, field: str, other: str
):
    said_yes(talk)
    told = changes(talk, **{field: other})

    assert "ask-group" in told.in_room().actions
    assert "sagt" not in offered(talk).fields
    assert "must-first" in talk.says("Ada", "markera stöd 1: vald").keys
    assert "yes-overtaken" in talk.says("Karl", "visa stöd 1").keys
    assert other in talk.presses("Karl", told.button("ask-group")).in_room().text
    for who in ("Ada", "Bo", "Cia", "Pia"):
        talk.says(who, "jag samtycker 2.1.1")
    talk.says("Ada", "markera stöd 1: vald")
    assert offered(talk).state == "vald"
    assert talk.differences() == []


def test_a_yes_covers_an_earlier_day(talk: Talk):
    said_yes(talk)
    told = changes(talk, dag="2026-11-01")

    assert "ask-group" not in told.actions
    assert (offered(talk).fields["sagt"], offered(talk).fields["dag"]) == ("ja", "2026-11-01")


def test_a_round_about_what_is_no_longer_offered_is_broken_off(talk: Talk):
    asked(talk)
    talk.says("Bo", "jag samtycker 2.1.1")
    told = changes(talk, dag="2027-03-01")

    round = talk.item("2.1.1").round
    assert round is not None
    assert round.closed == "withdrawn"
    assert "yes-overtaken-now" in told.keys
    assert talk.differences() == []
