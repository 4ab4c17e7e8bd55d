"""The region's method: the staircase comes to each of its steps, and what is to be public or decided is asked for."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from dialogs.flows.guides import weigh
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk

NEEDS = ("lara", "utbyta", "utveckla", "paverka")
MEANS = ("ordinarie", "varje-ar", "projekt")
EFFECTS = ("uppslag", "relationer", "forandring", "regler")


def begin(talk: Talk) -> None:
    """A region with a board and a committee; Ada is the international function."""
    install(talk, "kronoberg-strategi")
    for line in ("starta", "Regionen", "-", "Trafik", "Regionstyrelsen; Trafiknämnden"):
        talk.says("Ada", line)
    talk.says("Ada", "ny person: Ada, internationell funktion, Trafik")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "kronoberg", begin)
    yield talk
    talk.close()


def fill(talk: Talk, register: str, singular: str, title: str, **fields: str) -> None:
    model = talk.pack.registers[register]
    talk.says("Ada", f"{singular}: {title}")
    for field in model.fields:
        if field.id != model.title_field:
            talk.says("Ada", fields.get(field.id.replace("-", "_"), "-"))


def states(talk: Talk, register: str) -> list[str]:
    return [one.state for one in talk.journey().records_in(register)]


@pytest.mark.parametrize(
    ("need", "means", "effect", "outcome", "register"),
    [
        ("lara", "ordinarie", "uppslag", "omvarldsbevakning", "bevakning"),
        ("utbyta", "varje-ar", "relationer", "natverk", "samarbeten"),
        ("utveckla", "varje-ar", "forandring", "natverk", "samarbeten"),
        ("utveckla", "projekt", "forandring", "projekt", "projekt"),
        ("paverka", "ordinarie", "regler", "paverkansarbete", "bevakning"),
        ("utveckla", "ordinarie", "forandring", "omvarldsbevakning", "bevakning"),
        ("paverka", "varje-ar", "uppslag", "omvarldsbevakning", "bevakning"),
    ],
)
def test_need_means_and_effect_come_to_a_step_of_the_staircase(
    talk: Talk, need: str, means: str, effect: str, outcome: str, register: str
):
    guide = talk.pack.guide_of["trappan"]
    talk.says("Ada", "trappan")
    for question, option in zip(guide.questions, (need, means, effect), strict=True):
        title = next(one.title.said_in("sv") for one in question.options if one.id == option)  # type: ignore[union-attr]
        told = talk.says("Ada", title)

    found = next(one for one in guide.outcomes if one.id == outcome)
    assert talk.book.text("guide-outcome", "sv", title=found.title.said_in("sv")) in told.text
    assert found.add is not None
    assert found.add.register_ == register
    assert "guide-record" in told.actions


def test_the_staircase_never_asks_for_means_that_are_not_there(talk: Talk):
    for need, effect in product(NEEDS, EFFECTS):
        assert outcome_of(talk, need, "ordinarie", effect) in ("omvarldsbevakning", "paverkansarbete")
    for need, means in product(NEEDS, MEANS):
        assert outcome_of(talk, need, means, "regler") == "paverkansarbete"


def outcome_of(talk: Talk, need: str, means: str, effect: str) -> str:
    answers = {"behov": need, "resurser": means, "effekt": effect}
    journey, guide = talk.journey(), talk.pack.guide_of["trappan"]
    return weigh(talk.pack, journey, guide, answers, talk.clock.today())[0].outcome.id


def test_a_project_begins_once_resources_of_the_budget_are_set_aside(talk: Talk):
    fill(
        talk, "projekt", "nytt projekt", "Nattbussar", enhet="Trafik", behovsanalys="Sju byar.",
        intressentanalys="Byalagen.", finansiering="Vi söker",
        beslutad_av="Trafiknämnden", beslutsdatum="2026-08-25",
    )  # fmt: skip
    assert "must-first" in talk.says("Ada", "markera projekt 1: pågår").keys

    talk.says("Ada", "markera projekt 1: ansökan")
    assert states(talk, "projekt") == ["ansokan"]


def test_a_flight_is_compensated_before_a_trip_counts_as_reported(talk: Talk):
    fill(
        talk, "resor", "ny resa", "Konferens i Vilnius", hemkomst="2026-08-20", rapport="Vi lärde oss mycket.",
        fardsatt="Flyg", klimatkompensation="Nej, inte än",
    )  # fmt: skip
    assert "must-first" in talk.says("Ada", "markera resor 1: rapporterad").keys
    assert states(talk, "resor") == ["planerad"]


def test_what_goes_on_and_is_not_on_the_web_site_is_on_the_list(talk: Talk):
    fill(
        talk, "samarbeten", "nytt samarbete", "Skogsnätverket", form="Nätverk", slut="2028-12-31", mal="Två projekt",
        koppling="Tillväxt", intressentanalys="Det bästa.", timmar="10", kostnad="0", spridning="Webbmöten",
        beslutad_av="Regionstyrelsen", beslutsdatum="2026-08-25",
    )  # fmt: skip
    talk.says("Ada", "markera samarbeten 1: pågår")
    assert states(talk, "samarbeten") == ["pagar"]

    document = next(one for one in talk.pack.documents if one.id == "webblista")
    title = document.headings[-1].title.said_in("sv")
    _, _, missing = talk.says("Ada", "visa webblistan").text.partition(title)
    assert "Skogsnätverket" in missing


def test_a_plan_is_adopted_with_or_without_a_title_page_and_its_revision_date_is_watched(talk: Talk):
    told = talk.says("Ada", "anta handlingsplan: Regionstyrelsen; 2026-08-25; § 90")
    assert {"document-was-adopted", "document-may-be-watched"} <= told.keys

    talk.presses("Ada", told.button("add-record", "dokument"))
    fields = {
        "namn": "Handlingsplan 2027", "galler-fran": "2027-01-01", "galler-for": "Regionen", "globalt-mal": "Samtliga",
        "faststalld-av": "Ingen än", "utarbetad-av": "Funktionen", "revideras-senast": "2027-12-31", "version": "1",
        "ansvarig-enhet": "Trafik", "slag": "Handlingsplan",
    }  # fmt: skip
    for field in talk.pack.registers["dokument"].fields:
        talk.says("Ada", fields.get(field.id, "-"))
    assert "Revideras senast" in talk.says("Ada", "visa handlingsplan").text
    told = talk.says("Ada", "anta handlingsplan: Regionstyrelsen; 2026-08-26; § 91")

    assert "document-revised-by" in told.keys
    [entry] = talk.journey().records_in("dokument")
    assert (entry.state, entry.fields["faststalld-av"]) == ("galler", "Regionstyrelsen, 2026-08-26, § 91")
    talk.clock.day = date(2027, 7, 1)
    talk.desk.tick()
    assert any(one.checkpoint == "revidering" for one in talk.journey().checkpoints)
