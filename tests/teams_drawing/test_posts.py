"""Letters become cards that Teams takes; what is too much for one goes on in the next, and nothing is lost."""

from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.limits import BUTTON_LABEL, MESSAGE_JSON, MORE, NOTHING, weight
from bot.teams.spans import is_harmless, mentions
from dialogs.messages import (
    Bullets,
    Facts,
    Fold,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Press,
    Quote,
    Words,
    words,
)
from dialogs.values.reading import LONGEST
from tests.drawing.samples import ONE_OF_EACH, a_button, a_form, a_letter, a_message
from tests.teams_drawing.reading_back import buttons, cards_of, drawn, inputs, lines, runs, types
from tests.teams_drawing.validators import npm
from tests.teams_drawing.validators.by_our_rules import every


def said(cards: object) -> str:
    """Return the words without what is between them: where a text was cut is nobody's matter here."""
    return "".join("".join(runs(cards)).replace(NOTHING, " ").split())


def told(found) -> str:
    return "".join("".join(post.text for post in found).split())


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("how", ["note", "question", "edit", "thread"])
def test_teams_takes_each_kind_of_block(name, how):
    assert drawn(a_letter(ONE_OF_EACH[name], how))


@pytest.mark.e2e
def test_npms_readers_take_each_kind_of_block(tmp_path):
    npm.need()
    cards = [card for one in ONE_OF_EACH.values() for card in cards_of(drawn(a_letter(one)))]

    assert npm.parsed(cards) == [[] for _ in cards]
    assert npm.typed(cards, tmp_path) == {}


def test_what_fits_is_one_card_with_the_messages_own_text():
    message = a_message(Heading("1.1 Varför"), Paragraph(words("Svara <här> & nu.")))

    [post] = drawn(a_letter(message))

    assert post.text == post.card["speak"] == "1.1 Varför\nSvara <här> & nu."


@pytest.mark.parametrize("block", [Paragraph, Quote])
@pytest.mark.parametrize(
    "text", ["a" * LONGEST, "Ord för ord. " * 1538, "&" * LONGEST, "😀" * LONGEST, "rad\n" * 5000, '"\\' * 10_000,
             "\x01" * 10_000],
)  # fmt: skip
def test_the_longest_answer_is_posted_whole(block, text):
    found = drawn(a_letter(a_message(Heading("Svaret"), block(words(text)))))

    assert said(cards_of(found)) == told(found) == "".join(f"Svaret{text}".split())


def test_the_longest_answers_of_every_kind_at_once_are_posted_whole():
    long = "Ord för ord & så vidare. " * 800
    blocks = (
        Paragraph(words(long)), Quote(words(long)), Bullets((words(long), words(long)), ordered=True),
        Facts((("Mål", long), (long, "x"))), Heading(long), Fold(long, (Quote(words(long)), Heading(long))),
    )  # fmt: skip
    found = drawn(a_letter(a_message(*blocks, buttons=(a_button(long),))))

    assert told(found).count("Ordförord&såvidare.") == 800 * 10
    assert len(found) < 60


def test_a_long_text_is_cut_between_sentences():
    found = drawn(a_letter(a_message(Paragraph(words("Vi har mycket att säga om det här. " * 600)))))

    assert len(found) > 1
    assert all(post.text.rstrip().endswith("här.") for post in found)


def test_an_emoji_of_several_signs_is_not_cut_in_two():
    family = "👩‍👩‍👧‍👦"
    found = drawn(a_letter(a_message(Paragraph(words(family * 1_000)))))

    assert all(run.count(family) * len(family) == len(run) for run in runs(cards_of(found)))


def test_more_blocks_than_a_card_takes_go_on_in_the_next():
    found = drawn(a_letter(a_message(*(Paragraph(words(f"Rad {n}")) for n in range(300)))))

    assert list(runs(cards_of(found))) == [f"Rad {n}" for n in range(300)]
    assert len(found) == 3


def test_a_long_list_keeps_its_numbers():
    items = tuple(words(f"Punkt {n} " + "x" * 300) for n in range(1, 81))
    found = drawn(a_letter(a_message(Bullets(items, ordered=True))))

    numbers = [line.split(".")[0] for line in lines(cards_of(found))]
    assert numbers == [str(n) for n in range(1, 81)]
    assert len(found) > 1


def test_an_item_longer_than_a_part_begins_beside_its_mark():
    found = drawn(a_letter(a_message(Bullets((words("lång " * 2_000),)))))

    assert next(lines(cards_of(found))).startswith("• lång lång")


def test_line_breaks_are_kept():
    [post] = drawn(a_letter(a_message(Quote(words("Vi ser\n\nmöjligheter.\n")))))

    assert list(lines(post.card)) == ["Vi ser", NOTHING, "möjligheter.", NOTHING]


# --- headings --------------------------------------------------------------------------------------------------


def test_a_heading_is_one_for_screen_readers():
    [post] = drawn(a_letter(a_message(Heading("4.2 Vad ser ni, och varför?"))))

    [heading] = post.card["body"]
    assert (heading["type"], heading["style"]) == ("TextBlock", "heading")


@pytest.mark.parametrize(
    "text",
    ["**Mål**", "[x](y)", "{{DATE(2026-11-20T00:00:00Z)}}", "<at>Ada</at>", "1. Mål", "- Mål", "# Mål", "> Mål",
     "a_b_c", "Mål &amp; medel", "www.exempel.se", "https://exempel.se", "`x`", "~x~", "a\\_b", "(c)", "x -- y", "| a |"],
)  # fmt: skip
def test_a_heading_with_signs_that_could_be_marks_is_text_that_looks_like_one(text):
    [post] = drawn(a_letter(a_message(Heading(text))))

    assert not is_harmless(text)
    assert types(post.card) == {"AdaptiveCard", "RichTextBlock", "TextRun"}
    assert "".join(runs(post.card)) == text


# --- folds -----------------------------------------------------------------------------------------------------


def test_a_fold_is_closed_under_a_button_with_its_title():
    [post] = drawn(a_letter(ONE_OF_EACH["fold"]))

    opening, inside = post.card["body"][1]["actions"][0], post.card["body"][2]
    assert (opening["type"], opening["title"]) == ("Action.ToggleVisibility", "Tips")
    assert opening["targetElements"] == [inside["id"]]
    assert inside["isVisible"] is False
    assert list(lines(inside)) == ["• Ta det lugnt."]
    assert post.text == "Steg 1\nTips\n- Ta det lugnt."


def test_a_long_fold_is_several_each_closed():
    inner = tuple(Paragraph(words(f"Punkt {n}. " + "Saknas. " * 100)) for n in range(40))
    found = drawn(a_letter(a_message(Paragraph(words("Steg 1")), Fold("Luckor", inner))))

    folds = [one for one in every(cards_of(found)) if one.get("type") == "Action.ToggleVisibility"]
    inside = [one for one in every(cards_of(found)) if one.get("type") == "Container"]
    assert [one["title"] for one in folds][:3] == ["Luckor", "Luckor (2)", "Luckor (3)"]
    assert [one["targetElements"] for one in folds] == [[one["id"]] for one in inside]
    assert not any(one["isVisible"] for one in inside)
    assert len(found) > 1
    assert told(found).startswith("Steg1LuckorPunkt0.")


def test_a_title_longer_than_a_button_stands_whole_above_it():
    title = (
        "Så här kan ni tänka när ni formulerar ett mål som alla i kommunen förstår och kan ställa sig bakom"
    )
    [post] = drawn(a_letter(a_message(Fold(title, (Paragraph(words("Tänk stort.")),)))))

    assert title in list(lines(post.card))
    assert post.text.startswith(title)


# --- spans -----------------------------------------------------------------------------------------------------


def test_a_person_with_an_account_is_mentioned_and_another_is_named():
    letter = a_letter(ONE_OF_EACH["mention"], accounts={"ada": "29:ada"})

    [post] = drawn(letter)

    assert list(runs(post.card)) == ["Ada Ek", " och ", "Bo Dahl"]
    assert post.card["msteams"]["entities"] == [
        {"type": "mention", "text": "<at>Ada Ek</at>", "mentioned": {"id": "29:ada", "name": "Ada Ek"}}
    ]
    assert post.card["body"][-1]["text"] == "<at>Ada Ek</at>"


@pytest.mark.parametrize("name", ["Åsa Öberg", "नेहा शर्मा", "ณัฐวุฒิ", "Anna-Karin O'Neil"])
def test_a_name_is_mentioned_with_all_its_letters(name: str):
    decomposed = Mention("p-ada", normalize("NFD", name))

    [(line, [entity])] = mentions([decomposed], {"p-ada": "29:ada"})

    assert entity["text"] == line["text"] == f"<at>{normalize('NFC', name)}</at>"


@pytest.mark.parametrize("name", ["\u0338Ada", "*\u0338Ada", "\u0338 \u0338Ada"])
def test_an_accent_without_a_letter_changes_nothing_around_the_name(name: str):
    [(line, [entity])] = mentions([Mention("p-ada", name)], {"p-ada": "29:ada"})

    assert entity["text"] == line["text"] == "<at>Ada</at>"


def test_hundreds_who_are_mentioned_are_all_notified():
    people = [f"p{n}" for n in range(300)]
    spans = tuple(Mention(one, f"Namn Namnsson {one}") for one in people)
    accounts = {one: f"29:{one}" for one in people}

    found = drawn(a_letter(a_message(Paragraph(spans)), accounts=accounts))

    entities = [one for post in found for one in post.card["msteams"].get("entities", [])]
    assert [one["mentioned"]["id"] for one in entities] == list(accounts.values())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "exempel.se", "", "https://a b.se", "http://x\n", "file:///etc",
            "https://exempel.se/\u202egpj", "https://exempel.se/" + "x" * 2_000],
)  # fmt: skip
def test_what_is_no_address_of_the_web_or_of_mail_is_no_link(url):
    [post] = drawn(a_letter(a_message(Paragraph((Link("Protokoll", url),)))))

    assert "Action.OpenUrl" not in types(post.card)
    assert "".join(f"Protokoll ({url})".split()) == said([post.card])


def test_a_link_named_like_another_address_shows_where_it_goes():
    [post] = drawn(a_letter(a_message(Paragraph((Link("https://bank.se", "https://lurig.example/"),)))))

    assert list(runs(post.card)) == ["https://bank.se (", "https://lurig.example/", ")"]


def test_no_date_is_put_for_what_stands_in_braces():
    text = "Vi ses {{DATE(2026-11-20T08:00:00Z,SHORT)}} och {{TIME(2026-11-20T08:00:00Z)}}"
    [post] = drawn(a_letter(a_message(Paragraph(words(text)))))

    assert "".join(runs(post.card)) == text
    assert not any("{{" in run for run in runs(post.card))


# --- buttons ---------------------------------------------------------------------------------------------------


def test_the_button_of_the_form_stands_first_and_has_the_forms_title():
    message = a_message(
        Paragraph(words("Fyll i.")), buttons=(a_button("Avbryt"),), form=a_form(title="Ny insats")
    )

    [post] = drawn(a_letter(message))

    assert [(one["type"], one["title"]) for one in buttons(post.card)] == [
        ("Action.Submit", "Ny insats"), ("Action.Execute", "Avbryt")]  # fmt: skip


def test_a_button_that_opens_a_form_asks_for_it():
    button = replace(a_button("Ändra"), press=Press("change"))
    [post] = drawn(a_letter(a_message(Paragraph(words("x")), buttons=(button,))))

    assert [one["data"] for one in buttons(post.card)] == [{"b": "b1", "msteams": {"type": "task/fetch"}}]


def test_a_cut_label_is_told_in_full():
    label = "Utgå från: " + "Gå med i ett internationellt nätverk " * 4
    [post] = drawn(a_letter(a_message(Paragraph(words("Vad?")), buttons=(a_button(label),))))

    [button] = buttons(post.card)
    assert len(button["title"]) <= BUTTON_LABEL
    assert button["tooltip"] == " ".join(label.split())


@pytest.mark.parametrize("count", [1, 4, 5, 60, 61, 200])
def test_however_many_buttons_there_are_each_can_be_pressed(count):
    made = tuple(a_button(f"Alternativ {n} " + "å" * 60, f"b{n}") for n in range(count))
    found = drawn(a_letter(a_message(Paragraph(words("Välj.")), buttons=made)))

    pressed = [one["data"]["b"] for one in buttons(cards_of(found))]
    assert pressed == [f"b{n}" for n in range(count)]
    assert [one["data"]["b"] for one in buttons(found[0].card)][:1] == ["b0"]
    assert all(post.text.strip() for post in found)


def test_sixty_short_buttons_stand_in_one_card():
    made = tuple(a_button(f"{n}", f"b{n}") for n in range(24))
    found = drawn(a_letter(a_message(Paragraph(words("Välj.")), buttons=made)))

    assert len(found) == 1


def test_an_open_question_can_be_answered_in_its_first_card():
    message = replace(a_message(Paragraph(words("Varför? " * 4_000))), answers="Skriv ert svar")

    found = drawn(a_letter(message, "question"))

    assert len(found) > 1
    assert [list(inputs(post.card)) for post in found] == [["answer"], *([] for _ in found[1:])]
    [send] = buttons(found[0].card)
    assert (send["verb"], send["associatedInputs"], set(send["data"])) == ("answer", "auto", {"n"})


def test_an_edit_that_does_not_fit_says_so_in_the_message_itself():
    message = a_message(Paragraph(words("Mycket. " * 4_000)), buttons=(a_button(),))

    [post] = drawn(a_letter(message, "edit"))

    assert list(runs(post.card))[-1] == MORE
    assert post.text.endswith(MORE)
    assert post.card["body"][-1]["type"] == "ActionSet"


def test_a_message_of_words_alone_is_drawn():
    [post] = drawn(a_letter(Message("Hej <du>")))

    assert list(runs(post.card)) == ["Hej <du>"]
    assert post.text == "Hej <du>"


# --- anything --------------------------------------------------------------------------------------------------

TEXT = st.text(
    st.one_of(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"),
              st.sampled_from("<>&*_[](){}#`~|\\\n \u202e😀")), max_size=60,
)  # fmt: skip
LONG = st.builds(lambda one, times: one * times, TEXT, st.integers(100, 2_000))
SPANS = st.lists(st.builds(Words, st.one_of(TEXT, LONG), st.booleans()), max_size=4).map(tuple)
SIMPLE = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Quote, SPANS),
    st.builds(Heading, st.one_of(TEXT, LONG)),
    st.builds(Bullets, st.lists(SPANS, max_size=6).map(tuple), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(TEXT, st.one_of(TEXT, LONG)), max_size=5).map(tuple)),
)
BLOCKS = st.lists(
    st.one_of(SIMPLE, st.builds(Fold, TEXT, st.lists(SIMPLE, max_size=3).map(tuple))), max_size=8
)


@pytest.mark.e2e
@settings(deadline=None)
@given(BLOCKS, st.integers(0, 12), st.sampled_from(["question", "edit", "note", "thread"]))
def test_whatever_is_said_teams_takes_it_and_no_word_is_lost(blocks, count, how):
    labels = tuple(a_button(f"Knapp {n}", f"id-{n}") for n in range(count))
    message = a_message(*blocks, buttons=labels)
    found = drawn(a_letter(message, how))

    assert all(weight(post.card) <= MESSAGE_JSON for post in found)
    assert how == "edit" or len(buttons(cards_of(found))) == count
    if message.text.strip() and how != "edit":
        assert told(found) == "".join(message.text.split())
