"""The phrasebook puts arguments in and marks what is strong; what people write is never taken for marks."""

import re
from importlib.resources import files

import pytest

from content.phrases.book import Phrasebook, Piece, arguments, base_of, joined, own_files, read
from content.phrases.check import check, own_sources, spoken_in

BOOK = read("""\
[hello]
sv = "Hej *{name}*, välkommen!"
en = "Hello *{name}*, welcome!"

[help.more]
sv = "Mer"
en = "More"

[answers]
sv.one = "{n} svar har kommit in."
sv.other = "{n} svar har kommit."
en.one = "{n} answer."
en.other = "{n} answers."
""")


def test_a_phrase_comes_in_pieces_with_its_arguments_in_place():
    assert BOOK.pieces("hello", "sv", name="Ada") == (
        Piece("Hej "),
        Piece("Ada", strong=True, argument="name"),
        Piece(", välkommen!"),
    )


def test_an_argument_is_never_looked_at_for_marks():
    assert BOOK.text("hello", "en", name="*{n}* {name}") == "Hello *{n}* {name}, welcome!"


def test_n_chooses_between_one_and_other():
    assert [BOOK.text("answers", "en", n=n) for n in (0, 1, 2)] == ["0 answers.", "1 answer.", "2 answers."]


def test_a_language_that_is_not_there_becomes_swedish():
    assert BOOK.text("help.more", "de") == "Mer"


def test_a_key_or_argument_that_is_not_there_is_a_bug():
    with pytest.raises(KeyError):
        BOOK.text("nothing", "sv")
    with pytest.raises(KeyError):
        BOOK.text("hello", "sv")


@pytest.mark.parametrize(
    "toml", ['a = "b"', "[a]\nsv = 1", '[a]\nsv.one = "x"', '[a]\nsv.one = "x"\nsv.two = "y"', "[a"]
)
def test_a_file_that_is_written_otherwise_is_refused(toml: str):
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is for whoever wrote the file
        read(toml)


def test_a_key_in_two_files_is_refused():
    with pytest.raises(ValueError, match=r"b.toml: hello is in another file"):
        joined({"a.toml": BOOK, "b.toml": BOOK})


def test_the_programs_own_phrasebook_is_read_once_and_lies_beside_the_code():
    assert Phrasebook.load() is Phrasebook.load()
    assert "pack.missing" in Phrasebook.load()
    assert set(own_files()) == {
        f.name for f in files("content.phrases").iterdir() if f.name.endswith(".toml")
    }


def phrase(sv: str, en: str = "x", key: str = "a") -> dict[str, str]:
    return {"a.toml": f"[{key}]\nsv = '''{sv}'''\nen = '''{en}'''"}


SPEAKING = {"bot/x.py": 'book.text("a", language)'}


@pytest.mark.parametrize(("phrases", "code", "found"), [
    ({"a.toml": "[a]\nsv = 'x'"}, SPEAKING, "en is missing"),
    (phrase("{x}"), SPEAKING, "different arguments"),
    (phrase("{x", "{x"), SPEAKING, "brace"),
    (phrase("{X}", "{X}"), SPEAKING, "brace"),
    (phrase("*x"), SPEAKING, "star"),
    (phrase("x" * 401), SPEAKING, "401 characters"),
    (phrase("Ni kommer att erhålla svar."), SPEAKING, "officialese"),
    (phrase("Frågor avseende resor."), SPEAKING, "officialese"),
    (phrase("Inkom med underlag."), SPEAKING, "officialese"),
    (phrase("x"), {"bot/x.py": "pass"}, "nothing in the code says this"),
    (phrase("x"), {"bot/x.py": 'book.text("a", l); book.text("b", l)'}, "no phrase has the key 'b'"),
    (phrase("x"), {"bot/x.py": 'book.text("a", l); Problem("b-c")'}, "no phrase has the key 'b-c'"),
])  # fmt: skip
def test_the_check_finds(phrases: dict[str, str], code: dict[str, str], found: str):
    assert any(found in line for line in check(phrases, code)), check(phrases, code)


def test_the_check_finds_nothing_in_good_phrases():
    assert check(phrase("Hej *{x}*", "Hello {x}"), SPEAKING) == []


def test_a_key_put_together_in_code_counts_as_said():
    assert spoken_in({"bot/x.py": 'book.text(f"help.{topic}", language)'}).speaks("help.more")
    assert not spoken_in({"bot/x.py": 'book.text(f"{topic}", language)'}).speaks("help.more")


def test_the_problems_of_packs_are_in_step_with_the_code():
    ours = {
        name: text
        for name, text in own_files().items()
        if name in ("loader.toml", "cycle_problems.toml", "register_problems.toml")
    }
    sources = {
        name: text
        for name, text in own_sources().items()
        if name.startswith(("content", "bot/packs/on_disk"))
    }

    assert check(ours, sources) == []


REMEDY = re.compile(
    r"\b([Ss]kriv|[Tt]a bort|[Ll]ägg|[Vv]älj|[Bb]yt|Behåll|[Gg]e|[Ff]lytta|Spara|Ändra|[Ss]ätt|Höj|Rätta|Packa|Slå ihop|Dela"
    r"|Installera|Se efter|Sänk|Använd|Jämför|Börja|Gör|Ta med)\b"
)
# What is said with the name that was meant, or with those that there are.
WITH_NAMES = re.compile(
    r"pack\.(unknown-[a-z]+|not-one-of|rrule-unknown|rrule-freq|did-you-mean|known-names)"
)


def test_each_problem_of_a_pack_says_what_to_write_or_comes_with_names():
    told = [
        key for key in Phrasebook.load().keys if key.startswith("pack.") and not WITH_NAMES.fullmatch(key)
    ]

    assert len(told) > 100
    assert [key for key in told if not REMEDY.search(Phrasebook.load().phrase(key, "sv").other)] == []


def test_a_phrase_may_be_another_where_it_is_said():
    book = read(
        'how = { sv = "i tråden", en = "in the thread" }\n'
        '"how.chat" = { sv = "i chatten", en = "in the chat" }\n'
        '"how.teams" = { sv = "här i Teams", en = "here in Teams" }\n'
        'other = { sv = "hej", en = "hello" }\n'
    )

    def asked():
        raise AssertionError("it makes no difference where this is said")

    assert book.placed("how", lambda: ("teams", "private")) == "how.teams"
    assert book.placed("how", lambda: ("chat",)) == "how.chat"
    assert book.placed("how", tuple) == "how"
    assert book.placed("other", asked) == "other"


def test_what_is_said_in_a_chat_or_in_private_speaks_of_no_thread():
    book = Phrasebook.load()
    varied = [key for key in book.keys if base_of(key) in book.keys]

    assert len(varied) > 10
    for key in varied:
        for language, thread in (("sv", "tråd"), ("en", "thread")):
            assert thread not in book.text(key, language, **dict.fromkeys(taken(book, key), "x"))


def taken(book, key):
    return arguments(book.phrase(key, "sv").other)


def test_a_phrase_of_a_place_takes_no_more_than_the_phrase_that_it_stands_for():
    phrases = {
        "a.toml": 'how = { sv = "i tråden", en = "in the thread" }\n'
        '"how.chat" = { sv = "{name} i chatten", en = "{name} in the chat" }\n'
    }

    assert check(phrases, {"x.py": 'say("how")'}) == ["how.chat: it takes arguments that how has not"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_title_that_ends_with_a_mark_of_its_own_gets_no_second_one(language: str):
    book, title = Phrasebook.load(), "Hur går det?"
    for key in book.keys:
        names = {name for form in book.phrase(key, language).forms for name in arguments(form)}
        for n in (1, 2):
            args = {**dict.fromkeys(names, title), "n": n}
            pieces = book.pieces(key, language, **args)
            assert book.text(key, language, **args) == "".join(one.text for one in pieces)
            assert not re.search(r"\?[.?](?!\S)", book.text(key, language, **args)), key


def test_only_a_mark_too_many_falls_away():
    book = read('[a]\nsv = "*{what}*. Sedan {more}{what}? Filen {what}.pdf, {what}.{what}. Klart"')

    def told(what: str, more: str = "") -> str:
        return book.text("a", "sv", what=what, more=more)

    assert told("x") == "x. Sedan x? Filen x.pdf, x.x. Klart"
    assert told("Så?") == "Så? Sedan Så? Filen Så?.pdf, Så?.Så? Klart"
    assert told("Ja!") == "Ja! Sedan Ja!? Filen Ja!.pdf, Ja!.Ja! Klart"
    assert told("1 sept.") == "1 sept. Sedan 1 sept.? Filen 1 sept..pdf, 1 sept..1 sept. Klart"
    assert told("", "Så?") == ". Sedan Så? Filen .pdf, .. Klart"


@pytest.mark.parametrize("key", ["status-step", "track-line", "overview-step", "chart-questions"])
def test_one_question_is_not_told_in_the_plural(key: str):
    said = {"number": 1, "of": 5, "title": "Besök", "done": 1}
    told = [Phrasebook.load().text(key, language, n=1, **said) for language in ("sv", "en")]
    assert not any(word in " ".join(told) for word in ("frågor", "klara", "questions"))


def test_no_phrase_takes_one_methods_leader_for_every_methods():
    text = "\n".join(
        file.read_text("utf-8") for file in files("content.phrases").iterdir() if file.name.endswith(".toml")
    )
    assert re.findall(r"(?i)process ?leaders?|processledar\w*", text) == []
