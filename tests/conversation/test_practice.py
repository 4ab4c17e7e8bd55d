"""A practice journey: alone, marked in every message, in nobody else's lists, removable with nothing left."""

import pytest

from content.pack import Pack
from tests.conversation.talk import Talk, a_method, private

LINES = ("mitt svar", "nästa", "läget", "stegen", "steg 1", "fråga 1.1", "varför 1.1", "exempel 1.1", "visa svar 1.1",
         "fastställ 1.1: klart svar", "ändra 1.1: nytt svar", "historik 1.1", "1.2: 40", "1.2: många", "9.9: hej",
         "lägg till idé: En resa", "-", "-", "lista idéer", "utkast 1.3: ja", "samtycke 1.4: så här", "jag samtycker 1.4", "personer",
         "enheter", "spår", "pausa påminnelser till i morgon", "hoppa över 1.6", "inte nu", "frågor", "tillbaka", "hjälp", "klart", "pausa", "fortsätt")  # fmt: skip


def marks(talk: Talk, letter) -> bool:
    return talk.book.text("practice-mark", "sv") in letter.message.text


def another_method() -> Pack:
    method = a_method()
    return method.model_copy(update={"manifest": method.manifest.model_copy(update={"id": "annat"})})


def practice_id(talk: Talk) -> str:
    with talk.uow() as uow:
        [id] = [one.id for one in uow.journeys.all() if one.practice]
    return id


def test_anybody_practises_alone_with_every_role_of_their_own(nobody: Talk):
    nobody.privately("Bo", "provkör")
    journey = nobody.journey(practice_id(nobody))
    [member] = journey.roster.members
    assert journey.practice
    assert "ledare" in member.roles
    assert "coach" not in member.roles


def test_one_practises_the_method_of_ones_own_group(nobody: Talk):
    with nobody.uow() as uow:
        uow.packs.put(another_method(), "annan", by="test", at=nobody.clock.now())
        uow.commit()
    for line in ("starta", "Kommunen", "annat", "-", "-", "-"):
        nobody.says("Ada", line)

    nobody.privately("Ada", "provkör")
    nobody.privately("Bo", "provkör")

    with nobody.uow() as uow:
        practised = {one.group_name.split()[-1]: one.pack for one in uow.journeys.all() if one.practice}
    assert practised == {"Ada": "annat", "Bo": a_method().id}


def test_begun_in_the_channel_it_goes_on_in_private(talk: Talk):
    told = talk.says("Bo", "provkör")
    assert [letter for letter in told.letters if letter.room.external == private("Bo") and letter.address]
    assert not [letter for letter in told.in_room().letters if letter.address]


@pytest.mark.parametrize("line", LINES)
def test_whatever_one_says_is_answered_with_the_mark(nobody: Talk, line):
    nobody.privately("Bo", "provkör")
    told = nobody.privately("Bo", line)
    assert told.letters
    assert [letter.message.text for letter in told.letters if not marks(nobody, letter)] == []


def test_a_whole_practice_is_marked_from_beginning_to_end(nobody: Talk):
    nobody.privately("Bo", "hjälp")
    told = [nobody.privately("Bo", "provkör"), *(nobody.privately("Bo", line) for line in LINES)]
    assert [letter.message.text for one in told for letter in one.letters if not marks(nobody, letter)] == []


def test_it_is_in_nobody_elses_lists(talk: Talk):
    talk.privately("Bo", "provkör")
    for who in ("Ada", "Cia", "Karl"):
        for line in ("läget", "mina frågor", "personer"):
            told = talk.privately(who, line).text + talk.says(who, line).text
            assert talk.book.text("practice-name", "sv") not in told
    assert "which-journey" not in talk.privately("Ada", "läget").keys


def test_it_changes_nothing_in_the_groups_journey(talk: Talk):
    before = talk.journey()
    talk.privately("Bo", "provkör")
    talk.privately("Bo", "ett svar till övningen i dag")
    talk.privately("Bo", "ny enhet: Påhittad")
    assert talk.journey() == before


def test_one_practice_at_a_time(talk: Talk):
    talk.privately("Bo", "provkör")
    assert "practice-is-on" in talk.says("Bo", "provkör").keys


def test_it_is_removed_with_nothing_left(talk: Talk):
    talk.privately("Bo", "hjälp")
    before = {table: len(rows) for table, rows in talk.everything().items()}
    talk.privately("Bo", "provkör")
    for line in (
        "ett svar till övningen i dag",
        "lägg till idé: Övningsresa",
        "-",
        "-",
        "ny enhet: Övningsenhet",
        "ny nämnd: Övningsnämnd",
    ):
        talk.privately("Bo", line)
    talk.privately("Bo", "ta bort provkörningen")

    after = talk.everything()
    left = {table: len(rows) - before[table] for table, rows in after.items() if len(rows) != before[table]}
    assert not [table for table, rows in after.items() if "vning" in "".join(rows)]
    assert set(left) <= {"inbox", "outbox", "audit", "sqlite_sequence"}


def test_after_removing_it_one_may_practise_again(talk: Talk):
    talk.privately("Bo", "provkör")
    talk.privately("Bo", "ta bort provkörningen")
    talk.privately("Bo", "provkör")
    assert practice_id(talk)


def test_nobody_removes_somebody_elses(talk: Talk):
    talk.privately("Bo", "provkör")
    assert "no-practice" in talk.privately("Cia", "ta bort provkörningen").keys
    assert practice_id(talk)


def test_two_of_the_same_name_practise_apart(nobody: Talk):
    with nobody.uow() as uow:
        for account in ("a", "b"):
            person = uow.people.add("Bo")
            uow.people.tie("terminal", "", account, person.id)
        uow.commit()
    nobody.privately("a", "provkör")
    nobody.privately("a", "ny enhet: Bara min")
    nobody.privately("b", "provkör")
    assert "Bara min" not in nobody.privately("b", "enheter").text


def test_the_groups_own_journey_is_not_removed_with_it(talk: Talk):
    talk.privately("Ada", "provkör")
    talk.says("Ada", "ta bort provkörningen")
    assert talk.journey()
    assert "no-practice" in talk.says("Ada", "ta bort provkörningen").keys


def test_a_real_start_is_never_offered_what_was_made_up_to_practise(nobody: Talk):
    nobody.privately("Bo", "provkör")
    form = nobody.says("Bo", "starta").form
    assert form.fields[0].value == ""
