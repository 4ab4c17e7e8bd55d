"""The list for the public web site holds what is public of what is to be published, harmless, and tells what to look at."""

from copy import deepcopy
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from storage import schema
from tests.conversation.talk import DAY, Talk, begin
from tests.tables.importing import FIELDS, a_method_with_files

YES_NO = [{"id": "ja", "title": {"sv": "Ja", "en": "Yes"}}, {"id": "nej", "title": {"sv": "Nej", "en": "No"}}]
PUBLIC = ("namn", "form", "mal", "lank")
EVIL = '<script>alert(1)</script> [x](javascript:y) **fet** " onclick=x'


def public_fields():
    fields = deepcopy(FIELDS)
    for field in fields:
        field["public"] = "true" if field["id"] in PUBLIC else "false"
    return [
        *fields,
        {
            "id": "publiceras",
            "kind": "choice",
            "title": {"sv": "På webben", "en": "On the web"},
            "options": YES_NO,
        },
        {"id": "publicerad", "kind": "date", "title": {"sv": "Publicerad", "en": "Published"}},
    ]


@pytest.fixture
def talk(tmp_path: Path):
    file = tmp_path / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    pack = a_method_with_files(
        fields=public_fields(), web={"field": "publiceras", "is": "ja", "date": "publicerad"}
    )
    with talk.uow() as uow:
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    yield talk
    talk.close()


def an_entry(
    talk: Talk, name: str, *, goal: str = "-", link: str = "-", publish: str = "Ja", day: str = "-"
) -> None:
    cost = "-"
    for line in (
        f"nytt samarbete: {name}", "Nätverk", "-", "Bo", "-", "-", cost, goal, "-", link, "hemligt", "-", publish, day,
    ):  # fmt: skip
        talk.says("Ada", line)


def change(talk: Talk, number: int, **fields: str) -> None:
    talk.says("Ada", f"ändra post samarbeten {number}")
    for field in public_fields():
        talk.says("Ada", fields.get(field["id"], "-"))


def test_the_list_holds_public_fields_of_what_is_to_be_published_alone(talk: Talk):
    an_entry(talk, "Skogsnätverket", goal="Mer trä", link="Sidan https://example.org/a")
    an_entry(talk, "Inte ute", publish="Nej")
    an_entry(talk, "Inte sagt", publish="-")

    told = talk.says("Ada", "webblista samarbeten").text

    assert "### Skogsnätverket" in told
    assert "- **Mål:** Mer trä" in told
    assert "[Sidan](<https://example.org/a>)" in told
    assert not [
        word for word in ("Inte ute", "Inte sagt", "hemligt", "Ansvarig", "Publicerad") if word in told
    ]


def test_the_words_are_understood_in_english_and_without_a_name(talk: Talk):
    assert "web-list-empty" in talk.says("Ada", "web list collaborations").keys
    assert "web-list-which" in talk.says("Ada", "webblista").keys
    assert "web-list-none" in talk.says("Ada", "webblista idéer").keys


def test_what_changed_since_it_was_put_up_is_told_when_it_shows(talk: Talk):
    an_entry(talk, "Skogsnätverket", goal="Mer trä", day=str(DAY))
    talk.clock.day = date(DAY.year, DAY.month, DAY.day + 1)
    change(talk, 1, kostnad="5")
    assert "web-list-changed" not in talk.says("Ada", "webblista samarbeten").keys

    change(talk, 1, mal="Ännu mer trä")
    assert "web-list-changed" in talk.says("Ada", "webblista samarbeten").keys

    change(talk, 1, publicerad=str(talk.clock.day))
    assert "web-list-changed" not in talk.says("Ada", "webblista samarbeten").keys


def test_what_lacks_a_field_that_it_must_have_is_left_out_and_told(talk: Talk):
    an_entry(talk, "Skogsnätverket")
    journey = talk.journey()
    [record] = journey.records_in("samarbeten")
    with talk.uow() as uow:
        without = record.changed({"form": None}, by=record.by, at=talk.clock.now())
        uow.records.save(without, organisation=journey.organisation, group=None, journey=journey.id)
        uow.commit()

    told = talk.says("Ada", "webblista samarbeten")

    assert "web-list-lacks" in told.keys
    assert "### Skogsnätverket" not in told.text


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_somebody_wrote_is_no_markup_on_the_page(talk: Talk, tmp_path: Path, monkeypatch, capsys):
    from bot.cli import main

    an_entry(talk, EVIL, goal=EVIL, link='Sidan https://example.org/"onmouseover="x')
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(talk.file))
    monkeypatch.chdir(tmp_path)

    assert main(["register", "web", "arbets", "samarbeten", "--to", "lista.html", "--language", "sv"]) == 0
    assert main(["register", "web", "arbets", "samarbeten", "--language", "sv"]) == 0

    page = Read()
    page.feed((tmp_path / "lista.html").read_text(encoding="utf-8"))
    assert [tag for tag, _ in page.tags] == [
        "section",
        "h2",
        "h3",
        "ul",
        "li",
        "strong",
        "li",
        "strong",
        "li",
        "strong",
        "a",
    ]
    assert page.tags[0][1] == [("lang", "sv")]
    assert [name for name, _ in page.tags[-1][1]] == ["href"]
    assert page.text.count(EVIL) == 2
    markdown = capsys.readouterr().out
    assert "<script>" not in markdown
    assert "[x](javascript" not in markdown  # but \\[x\\]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("web", "arbets", "ideer"), 1), (("web", "arbets", "samarbeten", "--to", "x.pdf"), 2), (("web", "arbets", "nej"), 1)],
)  # fmt: skip
def test_what_has_no_list_is_said_kindly(
    talk: Talk, monkeypatch, capsys, arguments: tuple[str, ...], code: int
):
    from bot.cli import main

    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(talk.file))

    assert main(["register", *arguments]) == code
    assert capsys.readouterr().err.count("\n") == 1
