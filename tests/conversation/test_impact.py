"""What the efforts were for and what came of them: of a group, of a year, of an organisation, and for nobody else's eyes."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same records each time

import pytest
from openpyxl import load_workbook

from bot.usecases.impact_seen import impact_for
from dialogs.model.impact import Impact
from dialogs.model.records import Record
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told
from tests.documents.papers import texts_of, word
from tests.files.office import file_in, made
from tests.walkthroughs.impact_claims import ImpactClaims

DAY = date(2026, 9, 1)
FINLAND = {
    "datum": "2026-05-10", "lj_omraden": "Kunskap; Livskvalitet", "lj_former": "Kompetensutveckling",
    "lj_globala_mal": "Mål 3: God hälsa och välbefinnande", "nytta": "Ökad kunskap och kompetens",
    "lj_finansiering": "Övervägt, men inte nu", "lj_betalar": "Skola", "lj_resultat": "Nattbesöken planeras bättre.",
}  # fmt: skip
TIMBER = {
    **FINLAND, "datum": "2025-11-30", "lj_omraden": "Tillväxt", "lj_globala_mal": "Samtliga", "nytta": "-",
    "lj_resultat": "-",
}  # fmt: skip


def fill(
    talk: Talk, who: str, register: str, singular: str, title: str, room: str = "kanalen", **fields: str
) -> None:
    model = talk.pack.registers[register]
    talk.says(who, f"{singular}: {title}", room=room)
    for field in model.fields:
        if field.id != model.title_field:
            talk.says(who, fields.get(field.id.replace("-", "_"), "-"), room=room)


def begin(talk: Talk) -> None:
    """Ada leads a group with two measures that are done, one that is dropped and a collaboration that has run out."""
    install(talk, "ljungby-verksamhetsplan", "samverkan-processtod")
    for line in ("starta", "Kommunen", "1", "Första", "Skola; Vård", "Kommunstyrelsen"):
        talk.says("Ada", line)
    talk.says("Ada", "ny person: Bo, arbetsgrupp")
    talk.privately("Bo", "hjälp")
    fill(talk, "Ada", "insatser", "ny insats", "Jobbskuggning i Finland", **FINLAND)
    fill(talk, "Ada", "insatser", "ny insats", "Studiebesök om trähus", **TIMBER)
    fill(talk, "Ada", "insatser", "ny insats", "Mässa", datum="2026-02-01")
    fill(
        talk, "Ada", "samarbeten", "nytt samarbete", "Nordiskt nätverk", form="Nätverk", start="2024-01-01",
        slut="2026-06-30", lj_omraden="Livskvalitet", lj_utvald="Ja", utvardering="Vi lärde oss mycket.",
    )  # fmt: skip
    for line in ("insatser 1: klar", "insatser 2: klar", "insatser 3: struken", "samarbeten 1: pågår"):
        talk.says("Ada", f"markera {line}")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "effects", begin)
    yield talk
    talk.close()


def a_second_group(talk: Talk) -> None:
    """Dan leads another group in the same organisation, which has tried something that nobody else sees."""
    for line in ("starta", "Kommunen", "2", "Andra", "-", "-"):
        talk.says("Ada", line, room="andra")
    talk.says("Ada", "ny person: Dan, facilitator", room="andra")
    for line in ("nytt försök: Gå på varandras möten", "-", "Det blev lugnare.", "-", "-"):
        talk.says("Dan", line, room="andra")
    talk.says("Ada", "ta bort person: Ada", room="andra")


def told(talk: Talk, who: str, words: str) -> Told:
    return talk.privately(who, words)


def test_it_is_said_what_got_efforts_and_what_got_none_and_what_came_of_them(talk: Talk):
    said = talk.says("Bo", "effekter")

    assert "3 satsningar (2 insatser och 1 samarbete). 3 är avslutade." in said.text
    assert "Livskvalitet (2 satsningar, 2 avslutade): Jobbskuggning i Finland; Nordiskt nätverk" in said.text
    assert "Inget än: Extern finansiering, Samarbete." in said.text
    assert (
        "Mål 17: Genomförande och globalt partnerskap (1 satsning, 1 avslutad): Studiebesök om trähus"
        in said.text
    )
    assert "Samtliga" not in said.text
    assert (
        "Jobbskuggning i Finland (insats 1): Nattbesöken planeras bättre (senast ändrad av Ada" in said.text
    )
    assert "Studiebesök om trähus (insats 2): inget står under ”Vad blev det”" in said.text
    assert "Nordiskt nätverk (samarbete 1): inget står under ”Effekter”" in said.text
    assert "En post räknas inte" in said.text
    assert talk.presses("Ada", said.button("change-record")).text.startswith("Ändra samarbete")


@pytest.mark.parametrize(
    ("words", "year", "efforts"),
    [("effekter", None, 3), ("effekter i år", 2026, 2), ("effects last year", 2025, 2), ("effekter 2024", 2024, 1),
     ("effekter Första: 2023", 2023, 0)],
)  # fmt: skip
def test_each_figure_of_a_period_is_what_the_rows_come_to(talk: Talk, words: str, year: int, efforts: int):
    said = talk.says("Ada", words)
    told, claims = counted(talk, year)

    assert len(claims.efforts) == efforts
    assert reached(told) == claims.reached
    assert {one.id: set(one.lacks) for one in told.unevaluated} == claims.unevaluated
    assert ("impact-nothing" in said.keys) == (not efforts)


@pytest.mark.parametrize("seed", range(3))
def test_each_figure_of_any_records_is_what_the_rows_come_to(talk: Talk, seed: int):
    put_any_records(talk, Random(seed), 120)

    for year in (None, 2025, 2026, 2027):
        told, claims = counted(talk, year)
        assert {one.id: one.over for one in told.efforts} == {k: v["over"] for k, v in claims.efforts.items()}
        assert reached(told) == claims.reached
        assert {one.id: set(one.lacks) for one in told.unevaluated} == claims.unevaluated
        assert claims.unevaluated


def put_any_records(talk: Talk, chance: Random, how_many: int) -> None:
    """Enter records of every register with efforts or aims, each with whatever its fields may hold."""
    pack, journey = talk.pack, talk.journey()
    some = {one.id: one for one in pack.registers.values() if one.effort is not None or one.aims}
    known: dict[str, list[str]] = {}
    with talk.uow() as uow:
        for number in range(how_many):
            register = some[chance.choice(sorted(some))]
            fields: dict[str, object] = {register.title_field: f"Post {number}"}
            for spec in register.fields:
                if chance.random() < 0.4 or spec.id == register.title_field:
                    continue
                source = getattr(spec, "options_from", None)
                if spec.kind == "date":
                    day = date(2024, 1, 1) + timedelta(days=chance.randrange(1400))
                    fields[spec.id] = day.isoformat()
                elif spec.kind == "text":
                    fields[spec.id] = chance.choice(("=1+1", "Det gick bra.", "<b>"))
                elif spec.kind == "reference" and known.get(spec.register_):
                    fields[spec.id] = chance.choice(known[spec.register_])
                elif spec.kind == "choices" and source is not None and source.tag is not None:
                    values = [one.id for one in pack.tags[source.tag].values]
                    fields[spec.id] = chance.sample(values, chance.randint(1, 2))
                elif spec.kind == "choice" and spec.options:
                    fields[spec.id] = chance.choice(spec.options).id
            state = chance.choice(register.states).id if register.states else ""
            record = Record(f"r{number}", register.id, fields, state, journey.starter, talk.clock.now())
            known.setdefault(register.id, []).append(record.id)
            group = journey.group if register.scope == "group" else None
            uow.records.save(record, organisation=journey.organisation, group=group, journey=journey.id)
        uow.commit()


def counted(talk: Talk, year: int | None) -> tuple[Impact, ImpactClaims]:
    with talk.uow() as uow:
        [ref] = uow.journeys.all()
        told = impact_for(
            [ref.id], uow=uow, shelf=talk.shelf, book=talk.book, language="sv", today=DAY, year=year
        )
    return told.impact, ImpactClaims(talk.reading, ref.id, ref.pack, DAY, year)


def reached(impact: Impact) -> dict[tuple[str, str], set[str]]:
    """Return the efforts by the tag's or register's id and the value's or record's."""
    return {
        (one.aim.kind.rpartition(":")[2].rpartition("/")[2], one.aim.id): set(one.efforts)
        for one in impact.reached
        if one.efforts
    }


def test_a_button_shows_another_year_to_whoever_belongs_to_the_group(talk: Talk):
    button = talk.says("Ada", "effekter").button("impact", "2025")

    assert talk.presses("Bo", button).text.startswith("Effekter: Första\n2025:")
    assert "Effekter" not in talk.presses("Okänd", button, in_private=True).text


def test_a_sentence_that_begins_with_the_word_is_an_answer(talk: Talk):
    for words in (
        "effekter hos oss",
        "Effekter: mer tid för barnen",
        "effekter på sikt för alla barn och unga",
    ):
        assert not talk.says("Ada", words).text.startswith("Effekter: Första")


def test_over_an_organisation_everybody_sees_their_own_groups_and_an_admin_all(talk: Talk):
    a_second_group(talk)
    both = talk.says("Ada", "effekter organisationen")

    assert both.in_room().letters == []
    assert "Räknat för 2 grupper: Andra, Första." in both.to("Ada").text
    assert "Det blev lugnare" in both.to("Ada").text
    bos, dans = told(talk, "Bo", "effekter alla grupper"), told(talk, "Dan", "effekter Kommunen")
    assert "Räknat för en grupp: Första." in bos.text
    assert "lugnare" not in bos.text
    assert "Räknat för en grupp: Andra." in dans.text
    assert "Gå på varandras möten (försök 1), vad hände: Det blev lugnare" in dans.text
    assert len(talk.rows("select * from audit where kind = 'effects-read'")) == 3


def test_nothing_of_another_organisation_is_seen(talk: Talk):
    talk.says("Eva", "starta", room="annan")
    for line in ("Regionen", "1", "Tredje", "-", "-"):
        talk.says("Eva", line, room="annan")
    said = told(talk, "Eva", "effekter organisationen")

    assert "Finland" not in said.text
    assert "Tredje" in said.text
    assert not told(talk, "Eva", "effekter Kommunen").text.startswith("Effekter")
    [button] = [one for one in talk.says("Ada", "effekter organisationen").to("Ada").buttons
                if one.press.action == "impact-organisation" and one.press.argument.endswith(":2025")]  # fmt: skip
    assert "impact-no-organisation" in talk.presses("Eva", button, in_private=True).keys


@pytest.mark.e2e
def test_it_comes_as_a_document_and_as_tables(talk: Talk):
    page = texts_of(word(made(talk, file_in(talk.says("Ada", "dokument effekter i år"))) or b""))
    assert "Effekter 2026" in page
    assert any("Studiebesök" in text for text in page) is False  # it was done in 2025
    assert "Nordiskt nätverk (samarbete 1): inget står under ”Effekter”" in page

    book = load_workbook(BytesIO(made(talk, file_in(talk.says("Ada", "effekter som excel"))) or b""))
    assert book.sheetnames == ["Mål och märkningar", "Satsningar", "Resultat"]
    rows = [[cell.value for cell in row] for row in book["Mål och märkningar"]]
    assert ["Strategiska områden", "Livskvalitet", 2, 2, 0, None] in [row[:6] for row in rows]
    [finland] = [
        row for row in book["Satsningar"].iter_rows(values_only=True) if row[1] == "Jobbskuggning i Finland"
    ]
    assert "Kunskap; Livskvalitet" in finland

    table = made(talk, file_in(talk.says("Ada", "dokument effekter som csv"))) or b""
    assert "Mål 5: Jämställdhet" in table.decode("utf-8-sig")


def test_a_file_of_the_organisation_holds_what_its_reader_may_see_when_it_is_made(talk: Talk):
    a_second_group(talk)
    file = file_in(told(talk, "Bo", "effekter organisationen som text"))
    content = (made(talk, file) or b"").decode()
    assert "Från Första." in content
    assert "lugnare" not in content

    talk.says("Ada", "ta bort person: Bo")

    assert made(talk, file) is None


def test_it_is_told_in_english(talk: Talk):
    talk.privately("Bo", "språk English")
    said = told(talk, "Bo", "effects")

    assert "3 efforts (2 measures and 1 collaboration). 3 are finished." in said.text
    assert "Quality of life (2 efforts, 2 finished)" in said.text
    assert "nothing is written under “What came of it”" in said.text
