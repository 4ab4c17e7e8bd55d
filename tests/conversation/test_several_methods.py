"""Two groups of one organisation, each with its own method: what both write in is the same, and is reminded of once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from content.pack import Pack
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install, own_pack
from tests.conversation.planned import on
from tests.conversation.talk import Talk, private

COACHED, YEARLY = "coachgruppen", "arsgruppen"


@cache
def packs() -> dict[str, Pack]:
    return {name: own_pack(name).pack for name in ("eu-coachmetoden", "kronoberg-strategi")}


def begin(talk: Talk) -> None:
    """A region: Ada leads a group with the coach's method, Cia one with the yearly cycle, and Bo is in both."""
    install(talk, "eu-coachmetoden", "kronoberg-strategi")
    for who in ("Ada", "Bo", "Cia"):
        talk.privately(who, "hjälp")
    titles = {name: pack.manifest.title.said_in("sv") for name, pack in packs().items()}
    for line in (
        "starta",
        "Regionen",
        titles["eu-coachmetoden"],
        "Coachgruppen",
        "Kultur; Trafik",
        "Regionstyrelsen",
    ):
        talk.says("Ada", line, room=COACHED)
    for line in ("Ada, arbetsgrupp, Kultur", "Bo, arbetsgrupp, Trafik"):
        talk.says("Ada", f"ny person: {line}", room=COACHED)
    for line in ("starta", "Regionen", titles["kronoberg-strategi"], "Årsgruppen", "-", "-"):
        talk.says("Ada", line, room=YEARLY)
    for line in ("Cia, internationell funktion", "Bo, tjänsteperson, Trafik"):
        talk.says("Ada", f"ny person: {line}", room=YEARLY)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "several methods", begin)
    yield talk
    talk.close()


def enter(talk: Talk, room: str, register: str, **fields: str) -> None:
    """Let Bo enter a record in that room, field by field."""
    model = packs()["eu-coachmetoden" if room == COACHED else "kronoberg-strategi"].registers[register]
    title, *others = model.fields
    talk.says("Bo", f"lägg till {model.singular.said_in('sv')}: {fields[title.id]}", room=room)
    for field in others:
        talk.says("Bo", fields.get(field.id, "-"), room=room)


def a_collaboration(talk: Talk) -> None:
    enter(
        talk, COACHED, "samarbeten", namn="Skogsnätverket", form="Nätverk", slut="2027-03-31", ansvarig="Bo"
    )
    talk.says("Bo", "markera samarbeten 1: pågår", room=COACHED)


def heard_of(talk: Talk, what: str, *, first: date, last: date) -> Counter[tuple[str, date]]:
    """Return how often each room heard of it on each day, as the clock looks around every morning, twice."""
    heard: Counter[tuple[str, date]] = Counter()
    day = first
    while day <= last:
        for seconds in (0, 600):
            for letter in on(talk, day, seconds=seconds).letters:
                heard[letter.room.external, day] += letter.message.text.count(what)
        day += timedelta(days=1)
    return +heard


def test_what_one_group_enters_the_other_sees_and_changes(talk: Talk):
    a_collaboration(talk)
    enter(talk, YEARLY, "resor", titel="Partnermöte i Gdańsk", hemkomst="2026-10-08", ansvarig="Bo")
    enter(
        talk, YEARLY, "dokument", **{
            "namn": "Strategi till 2030", "galler-fran": "2024-01-01", "galler-for": "Regionen", "globalt-mal": "Samtliga",
            "faststalld-av": "Regionfullmäktige", "utarbetad-av": "En arbetsgrupp", "revideras-senast": "2030-01-01",
            "version": "1", "ansvarig-enhet": "Kultur",
        },
    )  # fmt: skip

    assert "Skogsnätverket" in talk.says("Cia", "lista samarbeten: pågår", room=YEARLY).text
    assert "Partnermöte i Gdańsk" in talk.says("Ada", "lista resor och möten", room=COACHED).text
    assert "Strategi till 2030" in talk.says("Ada", "lista styrande dokument", room=COACHED).text

    talk.says("Cia", "markera samarbeten 1: avböjt", room=YEARLY)
    assert "Skogsnätverket" in talk.says("Ada", "lista samarbeten: avböjt", room=COACHED).text


def test_a_date_that_both_methods_remind_of_is_reminded_of_once(talk: Talk):
    enter(talk, YEARLY, "bevakning", rubrik="Nytt kulturprogram", nasta="2026-09-22", ansvarig="Bo")

    heard = heard_of(talk, "Nytt kulturprogram", first=date(2026, 9, 14), last=date(2026, 10, 2))

    # Mondays are the leaders' weekly nudge, which names what is coming in each group.
    assert {one: times for one, times in heard.items() if one[1].weekday() != 0} == {
        (private("Bo"), date(2026, 9, 15)): 1, (private("Bo"), date(2026, 9, 22)): 1, (private("Bo"), date(2026, 9, 23)): 1,
        (private("Bo"), date(2026, 9, 25)): 1, (private("Cia"), date(2026, 9, 25)): 1, (private("Cia"), date(2026, 10, 2)): 1,
    }  # fmt: skip


def test_whoever_leads_is_not_told_that_somebody_else_has_been_told_where_nobody_has(talk: Talk):
    enter(talk, YEARLY, "bevakning", rubrik="Nytt kulturprogram", nasta="2026-09-22", ansvarig="Cia")

    late = [on(talk, day) for day in (date(2026, 9, 25), date(2026, 10, 2))]

    for told in late:
        assert "record-late" in told.keys
        assert not {"remind-leader-told", "remind-coach-told"} & told.keys


def test_a_checkpoint_comes_in_the_group_whose_method_has_it_and_in_no_other(talk: Talk):
    a_collaboration(talk)

    heard = heard_of(talk, "Skogsnätverket", first=date(2026, 9, 28), last=date(2026, 10, 2))

    assert heard == {(YEARLY, date(2026, 9, 30)): 1, (private("Bo"), date(2026, 9, 30)): 1}
