"""What a line means, as a table."""

from unicodedata import normalize

import pytest

from bot.terminal.lines import (
    GoTo,
    HandIn,
    Held,
    Help,
    More,
    Nothing,
    PressNumber,
    Quit,
    SayKept,
    Switch,
    Words,
)
from bot.terminal.names import Speaker
from tests.bot.terminal.windows import a_reader

KARIN = Speaker("Karin Berg")
ANNA = Speaker("Anna")
NEW = Speaker("Olle Ek")


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("", Nothing()),
        ("   ", Nothing()),
        ("hej på er", Words(ANNA, "hej på er")),
        ("Karin Berg: hej", Words(KARIN, "hej")),
        ("KARIN BERG: hej", Words(KARIN, "hej")),
        ("karin: hej", Words(KARIN, "hej")),
        ("Karin:hej", Words(KARIN, "hej")),
        ("Karin: a: b", Words(KARIN, "a: b")),
        ("Karin: rad ett\nrad två", Words(KARIN, "rad ett\nrad två")),
        ("Karin:", Switch(KARIN)),
        ("Karin (privat): hej", Words(KARIN, "hej", private=True)),
        ("karin(private): hej", Words(KARIN, "hej", private=True)),
        ("Karin: /3", PressNumber(KARIN, 3)),
        ("Karin: /privat hej", Words(KARIN, "hej", private=True)),
        ("Karin (privat): /säg /3", Words(KARIN, "/3", private=True)),
        ("/som Olle Ek", Switch(NEW)),
        ("/as karin", Switch(KARIN)),
        ("/som Anna:", Switch(ANNA)),
        ("/som", Held("terminal-no-name", "", "/som", ANNA)),
        ("/som 123", Held("terminal-no-name", "123", "/som 123", ANNA)),
        ("/privat hej", Words(ANNA, "hej", private=True)),
        ("/private hej", Words(ANNA, "hej", private=True)),
        ("/privat", Held("terminal-no-such-order", "/privat", "/privat", ANNA)),
        ("/kanal styrgruppen", GoTo("styrgruppen")),
        ("/channel #board", GoTo("board")),
        ("/3", PressNumber(ANNA, 3)),
        ("/3 tack", Held("terminal-no-such-order", "/3 tack", "/3 tack", ANNA)),
        ("/²", Held("terminal-no-such-order", "/²", "/²", ANNA)),
        ("/9999999999", Held("terminal-no-such-order", "/9999999999", "/9999999999", ANNA)),
        ("/säg Karin: hej", Words(ANNA, "Karin: hej")),
        ("/sag /3", Words(ANNA, "/3")),
        ("/say", SayKept(ANNA)),
        ("/mer", More()),
        ("/more 4", More(4)),
        ("/mer fyra", Held("terminal-no-such-order", "/mer", "/mer fyra", ANNA)),
        ("/HJÄLP", Help()),
        ("/quit", Quit()),
        ("/", Held("terminal-no-such-order", "/", "/", ANNA)),
        ("/etc/passwd", Held("terminal-no-such-order", "/etc/passwd", "/etc/passwd", ANNA)),
        # what has a colon and is no name
        ("hjälp: tack", Words(ANNA, "hjälp: tack")),
        ("Läget: hur är det", Words(ANNA, "Läget: hur är det")),
        ("1.2: vårt svar", Words(ANNA, "1.2: vårt svar")),
        ("A.1: vårt svar", Words(ANNA, "A.1: vårt svar")),
        ("för Karin: hon sa ja", Words(ANNA, "för Karin: hon sa ja")),
        ("vi ses 14:30", Words(ANNA, "vi ses 14:30")),
        ("https://example.org", Words(ANNA, "https://example.org")),
        ("Vi vill två saker: synas och höras", Words(ANNA, "Vi vill två saker: synas och höras")),
        (": hej", Words(ANNA, ": hej")),
        # what could be a name
        ("Förslag: fler nätverk", Held("terminal-unknown", "Förslag", "Förslag: fler nätverk", ANNA)),
        ("Olle Ek: hej", Held("terminal-unknown", "Olle Ek", "Olle Ek: hej", ANNA)),
        ("Olle (privat): hej", Held("terminal-unknown", "Olle", "Olle (privat): hej", ANNA)),
        ("Kim: hej", Held("terminal-several", "Kim Alm, Kim Bo", "Kim: hej", ANNA)),
        ("Kim Bo: hej", Words(Speaker("Kim Bo"), "hej")),
    ],
)
def test_a_line_means(line, meaning):
    reader = a_reader("Karin Berg", "Kim Alm", "Kim Bo")
    reader.speakers.introduce("Anna")

    assert reader.read(line, ANNA) == meaning


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("Olle Ek: hej", Words(NEW, "hej")),
        ("olle: hej", Words(Speaker("olle"), "hej")),
        ("karin: hej", Words(KARIN, "hej")),
        ("hej på er", Held("terminal-nobody", "", "hej på er")),
        ("/privat hej", Held("terminal-nobody", "", "hej", None, private=True)),
        ("/3", Held("terminal-nobody", "", "/3")),
        ("1.2: hej", Held("terminal-nobody", "", "1.2: hej")),
        ("hjälp: hej", Held("terminal-nobody", "", "hjälp: hej")),
        ("/som Olle Ek", Switch(NEW)),
        ("/säg", Help()),
    ],
)
def test_a_line_before_anybody_has_spoken(line, meaning):
    assert a_reader("Karin Berg").read(line, None) == meaning


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("Åsa Öberg: hej", Words(Speaker("Åsa Öberg"), "hej")),
        ("/som åsa öberg", Switch(Speaker("Åsa Öberg"))),
        ("/säg hej", Words(ANNA, "hej")),
        ("/kanal vårgruppen", GoTo("vårgruppen")),
    ],
)
def test_a_line_from_a_mac_means_the_same(line, meaning):
    assert a_reader("Åsa Öberg").read(normalize("NFD", line), ANNA) == meaning


def test_the_name_of_a_file_stays_as_the_machine_has_it():
    path = normalize("NFD", "filer/möten.csv")

    assert a_reader().read(f"/fil {path}", ANNA) == HandIn(ANNA, path)


def test_a_first_name_brings_in_who_is_known_by_it():
    reader = a_reader("Karin Berg")
    reader.speakers.introduce("Karin")

    assert reader.read("karin: hej", ANNA) == Words(Speaker("Karin Berg"), "hej")


def test_a_name_keeps_its_first_spelling():
    reader = a_reader()
    reader.speakers.introduce("Åsa")

    assert reader.speakers.introduce("ÅSA").name == "Åsa"
