"""Nothing that a group hasn't shared is seen outside it, whichever way somebody tries to get in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.usecases.export import export
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told, private

SECRET = "Zeppelinare"
OURS, SISTER, OTHERS = "vår kanal", "systergruppen", "andra organisationen"
PEOPLE = {"Ada": OURS, "Bo": SISTER, "Cia": OTHERS}
"""Who leads which group. Ada's and Bo's groups are of one organisation; Dan follows Bo's and Cia's from outside."""
HELD_IN = ("exempel", "utmaningar", "punkter", "studiebesok", "traffar")


def begin(talk: Talk) -> None:
    install(talk, "benchlearning")
    # Whoever looks after the organisation begins its second group too.
    begun = (
        ("Ada", OURS, "Kommunen", "Våra"), ("Ada", SISTER, "Kommunen", "Systrar"), ("Cia", OTHERS, "Bolaget", "Andra"),
    )  # fmt: skip
    for who, room, organisation, group in begun:
        for line in ("starta", organisation, group, "-", "-"):
            talk.says(who, line, room=room)
    talk.says("Ada", "ny person: Bo, samordnare", room=SISTER)
    for who in PEOPLE:
        talk.privately(who, "hjälp")
    for room, who in ((SISTER, "Bo"), (OTHERS, "Cia")):
        talk.says(who, "ny person: Dan, stödjare", room=room)
    talk.privately("Dan", "hjälp")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """Ada's group has written the secret wherever a group may write something of its own."""
    talk = begun_once(Talk, tmp_path / "coach.db", "what is not shared", begin)
    [pack] = talk.shelf.newest()
    for register in HELD_IN:
        model = pack.registers[register]
        talk.says("Ada", f"ny {model.singular.said_in('sv')}: {SECRET} {register}", room=OURS)
        for field in model.fields[1:]:
            said = {"text": f"Vi bygger en {SECRET}", "list": SECRET, "date": "2026-09-15"}.get(
                field.kind, "-"
            )
            talk.says("Ada", said, room=OURS)
    yield talk
    talk.close()


SAID = (
    f"exempel: {SECRET}", f"hitta exempel vi bygger en {SECRET}", "visa goda exempel", "visa exempel 1", "lista exempel",
    f"lista exempel: sök {SECRET}", "lista utmaningar", "visa utmaningar 1", "visa punkter 1", "visa dagordning",
    "visa studiebesök 1", "visa samordnarträffar", "dela exempel 1", "dela exempel 1: alla", "sluta dela exempel 1",
    "ändra post exempel 1", "-", "avbryt", "markera punkter 1: uppe på träffen", "visa handboken", "visa träffen",
    "visa besöksblad", "hämta exempel", "hämta goda exempel", "hämta handboken", "hämta träffen", "hämta besöksblad", "lista stöd och råd", "hitta exempel bygger", "läget", "läget Våra",
    "hållpunkter", "H1", "kalender", "kalender Våra", "kalenderfil", "kalenderfil Våra", "kalender länk Våra", "mina",
    "personer", "historik 1.5", "visa svar 1.5", "webblista exempel", "nästa", "frågor",
)  # fmt: skip


def reveals(told: Told) -> bool:
    return SECRET in told.text


def answers(talk: Talk, who: str, said: str, *, room: str = "") -> list[str]:
    """Return the letters that tell the secret, beyond repeating what was said."""
    told = talk.says(who, said, room=room) if room else talk.privately(who, said)
    own = said.partition(":")[2].strip() or said
    to_others = [one for one in told.letters if one.room.external not in (OURS, private("Ada"))]
    read = told.letters if room == OURS else to_others
    texts = (one.message.text.replace(said, "").replace(own, "") for one in read)
    return [text for text in texts if SECRET in text]


def test_whoever_wrote_it_sees_it(talk: Talk):
    """Else the tests below would prove nothing."""
    assert reveals(talk.says("Ada", "lista exempel", room=OURS))
    assert reveals(talk.says("Ada", "visa träffen", room=OURS))
    assert answers(talk, "Ada", "hitta exempel bygger", room=OURS)


@pytest.mark.parametrize("who", ["Bo", "Cia"])
def test_no_word_brings_it_to_another_group(talk: Talk, who: str):
    found = {said: answers(talk, who, said, room=PEOPLE[who]) for said in SAID}

    assert {said: told for said, told in found.items() if told} == {}


@pytest.mark.parametrize("who", ["Cia", "Dan", "Eva"])
def test_no_word_in_private_brings_it_to_whoever_is_not_a_member(talk: Talk, who: str):
    found = {said: answers(talk, who, said) for said in SAID}

    assert {said: told for said, told in found.items() if told} == {}


@pytest.mark.parametrize("who", ["Cia", "Dan"])
def test_no_button_of_the_groups_brings_it_to_somebody_else(talk: Talk, who: str):
    buttons = []
    for said in ("visa exempel 1", "visa utmaningar 1", "visa punkter 1", f"exempel: {SECRET}"):
        buttons += talk.says("Ada", said, room=OURS).buttons
    of_ours = [one for one in buttons if one.press.action in NEW]
    assert {one.press.action for one in of_ours} == NEW

    for button in of_ours:
        told = talk.presses(who, button, in_private=True)
        assert SECRET not in told.text, button.press


NEW = {"shared-record", "find-examples", "begin-record"}


def test_no_reminder_and_no_nudge_tells_it(talk: Talk):
    for _ in range(5):
        talk.clock.day += timedelta(days=7)
        for who, room in PEOPLE.items():
            if who != "Ada":
                assert answers(talk, who, "läget", room=room) == []


def test_no_export_of_another_group_holds_it(talk: Talk):
    with talk.uow() as uow:
        refs = {ref.group_name: ref.id for ref in uow.journeys.all()}
    ports = {"shelf": talk.shelf, "book": talk.book, "clock": talk.clock, "language": "sv"}
    handed = {name: export(id, uow=talk.uow(), **ports) for name, id in refs.items()}
    texts = {name: one.json + one.markdown for name, one in handed.items()}

    assert SECRET in texts["Våra"]
    assert all(SECRET not in text for name, text in texts.items() if name != "Våra")


def test_what_is_shared_is_seen_and_only_that(talk: Talk):
    talk.says("Ada", "dela exempel 1: organisationen", room=OURS)

    with talk.uow() as uow:
        homes = {ref.group_name: ref.organisation for ref in uow.journeys.all()}
    assert homes["Våra"] == homes["Systrar"] != homes["Andra"]
    told = talk.says("Bo", f"exempel: {SECRET}", room=SISTER)
    assert f"{SECRET} exempel" in told.text
    assert f"{SECRET} utmaningar" not in told.text
    assert answers(talk, "Cia", "visa exempel 1", room=OTHERS) == []
    assert f"{SECRET} exempel" not in talk.says("Cia", f"exempel: {SECRET}", room=OTHERS).text
    talk.says("Ada", "sluta dela exempel 1", room=OURS)
    assert f"{SECRET} exempel" not in talk.says("Bo", f"exempel: {SECRET}", room=SISTER).text
