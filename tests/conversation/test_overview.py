"""A coach sees all groups that they follow in one go: who may need help and why, and gets it on Mondays if wanted."""

from datetime import timedelta

import pytest

from tests.conversation.talk import Talk, answer_until, begin


@pytest.fixture
def several(talk: Talk) -> Talk:
    """Three groups, of two organisations, all followed by Karl."""
    talk.privately("Karl", "hjälp")
    begin(talk, room="andra", group="Andra", organisation="Kommunen")
    begin(talk, room="tredje", group="Tredje", organisation="Regionen")
    return talk


def overview(talk: Talk, words: str = "översikt", who: str = "Karl"):
    told = talk.privately(who, words)
    return told


def test_while_all_is_well_no_group_needs_help(several: Talk):
    told = overview(several)

    assert {"overview-all-fine", "overview-fine"} <= told.keys
    for name in ("Arbetsgruppen", "Andra", "Tredje"):
        assert name in told.text
    assert "3 grupper i 2 organisationer" in told.text


def test_all_groups_stand_in_the_order_of_the_alphabet(several: Talk):
    for name in ("Älvgruppen", "ånggruppen", "Östgruppen", "Zongruppen"):
        begin(several, room=name, group=name, organisation="Kommunen")

    text = overview(several, "översikt alla").text

    named = ("Andra", "Arbetsgruppen", "Tredje", "Zongruppen", "ånggruppen", "Älvgruppen", "Östgruppen")
    assert [name for _, name in sorted((text.index(name), name) for name in named)] == list(named)


def test_a_silent_group_stands_first_with_the_evidence(several: Talk):
    several.says("Ada", "1.1: Vi vill mer")
    several.clock.day += timedelta(days=22)
    several.says("Ada", "1.1: Vi vill mer", room="tredje")
    told = overview(several)

    lines = [line for line in told.text.splitlines() if "Kommunen" in line or "Regionen" in line]
    told_of = {one.split(",")[0].strip("- "): one for one in lines}
    assert told_of.keys() == {"Arbetsgruppen", "Andra"}
    assert "Ingen har hörts av på 22 dagar" in told_of["Arbetsgruppen"]
    assert "Ingen har hörts av på de 22 dagarna sedan start" in told_of["Andra"]
    assert {"overview-needy", "why-silent", "why-silent-ever"} <= told.keys


def test_a_round_that_ran_out_is_named(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "Vi gör det", to="1.4")
    talk.says("Ada", f"samtycke 1.4 till {talk.clock.day + timedelta(days=2)}")
    talk.clock.day += timedelta(days=3)
    talk.desk.tick()

    assert "why-lapsed" in overview(talk).keys


def test_a_role_that_nobody_has_is_named_once_the_group_has_settled_in(talk: Talk):
    talk.says("Ada", "ta bort person: Pia")
    assert "why-nobody" not in overview(talk).keys
    talk.clock.day += timedelta(days=61)
    told = overview(talk)

    assert "why-nobody" in told.keys
    assert "politik" in told.text


def test_a_group_is_opened_from_it_by_button(several: Talk):
    told = overview(several)
    shown = several.presses("Karl", told.button("status"), in_private=True)

    assert "status-heading" in shown.keys


def test_meetings_of_the_coming_weeks_stand_in_it(several: Talk):
    day = several.clock.day + timedelta(days=10)
    several.says("Ada", f"sammanträde Kommunstyrelsen: {day}")

    assert f"{day}" in overview(several).text
    several.clock.day -= timedelta(days=20)
    assert f"{day}" not in overview(several).text


def test_all_groups_can_be_turned_over_page_by_page(talk: Talk):
    for number in range(9):
        begin(talk, room=f"rum{number}", group=f"Grupp {number}")
    first = overview(talk, "översikt alla")
    second = talk.presses("Karl", first.button("overview", "all:1"), in_private=True)

    names = [f"Grupp {number}" for number in range(9)] + ["Arbetsgruppen"]
    assert all((name in first.text) != (name in second.text) for name in names)


def test_whoever_follows_nobody_is_told_so(talk: Talk):
    assert "follows-nobody" in overview(talk, who="Bo").keys
    assert "follows-nobody" in overview(talk, "översikt måndagar", who="Bo").keys


def test_it_is_told_in_private_wherever_it_is_asked_for(talk: Talk):
    talk.privately("Karl", "hjälp")
    told = talk.says("Karl", "översikt")

    assert "Du följer" in told.to("Karl").text
    assert "Du följer" not in told.in_room().text


def test_on_mondays_it_comes_by_itself_to_whoever_wants_it(several: Talk):
    told = overview(several)
    several.presses("Karl", told.button("overview-mondays"), in_private=True)
    monday = several.clock.day + timedelta(days=7 - several.clock.day.weekday())

    heard = {}
    for days in range(15):
        several.clock.day = monday + timedelta(days=days - 3)
        several.desk.tick()
        heard[several.clock.day] = "overview-heading" in several.hear().keys | _keys(several)
    assert [day.weekday() for day, told in heard.items() if told] == [0, 0]


def _keys(talk: Talk) -> set[str]:
    keys = {key for key, _ in talk.book.asked_for}
    talk.book.asked_for.clear()
    return keys


def test_it_comes_no_more_when_it_is_called_off(several: Talk):
    overview(several, "översikt måndagar")
    overview(several, "översikt aldrig")

    assert several.rows("select * from occurrence where rule = 'overview' and state = 'due'") == []


def test_it_says_why_it_came(several: Talk):
    overview(several, "översikt måndagar")
    several.clock.day += timedelta(days=7 - several.clock.day.weekday())
    several.desk.tick()
    came = [one for one in several.hear().to("Karl").letters if "Du följer" in one.message.text]
    [button] = [one for one in came[0].message.buttons if one.press.action == "why-reminder"]

    assert "why-overview" in several.presses("Karl", button, in_private=True).keys


def test_feedback_that_is_owed_is_counted(talk: Talk):
    answer_until(talk, "1.10")
    talk.says("Ada", "hoppa över 1.10: inte nu")
    while talk.put():
        front = talk.put()[0]
        if not front.startswith("1."):
            break
        talk.says("Ada", f"hoppa över {front}: inte nu")
    talk.says("Ada", "klart")
    assert "overview-owed" in overview(talk).keys
    talk.privately("Karl", "återkoppla steg 1: Bra jobbat")

    assert "overview-owed" not in overview(talk).keys
