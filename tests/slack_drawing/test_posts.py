"""Letters become posts that Slack takes; what is too much for one goes on in the next, and nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.limits import BUTTON_LABEL, escaped
from bot.slack.spans import MORE
from dialogs.messages import (
    Bullets,
    Facts,
    Fold,
    Heading,
    Link,
    Message,
    Paragraph,
    Quote,
    Words,
    words,
)
from dialogs.values.reading import LONGEST
from tests.drawing.samples import ONE_OF_EACH, a_button, a_form, a_letter, a_message
from tests.slack_drawing.reading_back import blocks_of, drawn, runs, types, unescaped
from tests.slack_drawing.validators.by_our_rules import every


def said(blocks: object) -> str:
    """Return the words without what is between them: where a text was cut is nobody's matter here."""
    return "".join("".join(runs(blocks)).replace("\u00a0", " ").split())


def buttons(blocks: object) -> list[dict[str, str]]:
    return [one for one in every(blocks) if one.get("type") == "button"]


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("how", ["note", "question", "edit", "thread"])
def test_slack_takes_each_kind_of_block(name, how):
    assert drawn(a_letter(ONE_OF_EACH[name], how))


def test_what_fits_is_one_post_with_the_messages_own_text():
    message = a_message(Heading("1.1 Varför"), Paragraph(words("Svara <här> & nu.")))

    [post] = drawn(a_letter(message))

    assert post.text == "1.1 Varför\nSvara &lt;här&gt; &amp; nu."


@pytest.mark.parametrize("block", [Paragraph, Quote])
@pytest.mark.parametrize(
    "text",
    ["a" * LONGEST, "Ord för ord. " * 1538, "&" * LONGEST, "😀" * LONGEST, "rad\n" * 5000, '"\\' * 10_000],
)
def test_the_longest_answer_is_posted_whole(block, text):
    found = drawn(a_letter(a_message(Heading("Svaret"), block(words(text)))))

    assert "".join(runs(blocks_of(found))) == f"Svaret{text}"
    assert "".join(unescaped("".join(post.text for post in found)).split()) == "".join(
        f"Svaret{text}".split()
    )


def test_a_long_text_is_cut_between_sentences():
    found = drawn(a_letter(a_message(Paragraph(words("Vi har mycket att säga om det här. " * 300)))))

    assert len(found) > 1
    assert all(post.text.rstrip().endswith("här.") for post in found)


def test_an_emoji_of_several_signs_is_not_cut_in_two():
    family = "👩‍👩‍👧‍👦"
    found = drawn(a_letter(a_message(Paragraph(words(family * 1_000)))))

    assert all(run.count(family) * len(family) == len(run) for run in runs(blocks_of(found)))


def test_more_blocks_than_a_post_takes_go_on_in_the_next():
    found = drawn(a_letter(a_message(*(Paragraph(words(f"Rad {n}")) for n in range(120)))))

    assert runs(blocks_of(found)) == [f"Rad {n}" for n in range(120)]
    assert len(found) == 3


def test_a_long_list_keeps_its_numbers():
    items = tuple(words(f"Punkt {n} " + "x" * 200) for n in range(1, 61))
    found = drawn(a_letter(a_message(Bullets(items, ordered=True))))

    lists = [one for one in every(blocks_of(found)) if one.get("type") == "rich_text_list"]
    first = [int(one["elements"][0]["elements"][0]["text"].split()[1]) for one in lists]
    assert [one.get("offset", 0) + 1 for one in lists] == first
    assert "\n60. Punkt 60" in "\n".join(post.text for post in found)


def test_an_item_longer_than_a_post_goes_on_below_its_number():
    found = drawn(
        a_letter(a_message(Bullets((words("Kort"), words("lång " * 2_000), words("Sist")), ordered=True)))
    )

    assert said(blocks_of(found)) == "Kort" + "lång" * 2_000 + "Sist"


def test_facts_longer_than_a_post_are_told_whole():
    value = "Mycket. " * 1_000
    found = drawn(a_letter(a_message(Facts((("Mål", value), ("Frist", "i höst"))))))

    assert said(blocks_of(found)) == "Mål:" + "Mycket." * 1_000 + "Frist:ihöst"


# --- folds -----------------------------------------------------------------------------------------------------


def test_a_short_fold_stands_open_in_the_message():
    [post] = drawn(a_letter(ONE_OF_EACH["fold"]))

    assert runs(post.blocks) == ["Steg 1", "Tips", "Ta det lugnt."]


def test_a_long_fold_is_a_post_of_its_own_under_its_title():
    first, second = drawn(a_letter(ONE_OF_EACH["long_fold"]))

    assert runs(first.blocks) == ["Steg 1"]
    assert runs(second.blocks)[0] == "Luckor"
    assert second.text.startswith("Luckor\nSaknas.")


@pytest.mark.parametrize("how", ["question", "edit"])
def test_what_is_edited_in_place_keeps_its_folds(how):
    [post] = drawn(a_letter(ONE_OF_EACH["long_fold"], how))

    assert runs(post.blocks)[:2] == ["Steg 1", "Luckor"]


def test_an_edit_that_does_not_fit_says_so_in_the_message_itself():
    message = a_message(Paragraph(words("Mycket. " * 1_000)), buttons=(a_button(),))

    first, *_ = drawn(a_letter(message, "edit"))

    assert runs(first.blocks)[-1] == MORE
    assert first.text.endswith(MORE)
    assert first.blocks[-1]["type"] == "actions"


# --- spans -----------------------------------------------------------------------------------------------------


def test_a_person_with_an_account_is_mentioned_and_another_is_named():
    [post] = drawn(a_letter(ONE_OF_EACH["mention"]))

    [section] = post.blocks[0]["elements"]
    assert section["elements"] == [
        {"type": "user", "user_id": "U0ADA"},
        {"type": "text", "text": " och "},
        {"type": "text", "text": "Bo Dahl", "style": {"bold": True}},
    ]
    assert post.text == "Ada Ek och Bo Dahl"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "exempel.se",
        "",
        "https://a b.se",
        "http://x\n",
        "file:///etc",
    ],
)
def test_what_is_no_address_of_the_web_or_of_mail_is_no_link(url):
    [post] = drawn(a_letter(a_message(Paragraph((Link("Protokoll", url),)))))

    assert "link" not in types(post.blocks)
    assert f"Protokoll ({url})" in runs(post.blocks)


def test_a_link_named_like_another_address_shows_where_it_goes():
    [post] = drawn(a_letter(a_message(Paragraph((Link("https://bank.se", "https://lurig.example/"),)))))

    [link] = [one for one in every(post.blocks) if one.get("type") == "link"]
    assert link == {"type": "link", "url": "https://lurig.example/", "text": "https://lurig.example/"}


@pytest.mark.parametrize("text", ["<!channel>", "Mål &amp; medel", "a\nb", "x" * 151])
def test_a_heading_that_a_header_would_change_is_strong_text(text):
    [post] = drawn(a_letter(a_message(Heading(text))))

    assert types(post.blocks) == {"rich_text", "rich_text_section", "text"}
    assert runs(post.blocks) == [text]


# --- buttons ---------------------------------------------------------------------------------------------------


def test_the_button_of_the_form_stands_first_and_has_the_forms_title():
    message = a_message(
        Paragraph(words("Fyll i.")), buttons=(a_button("Avbryt"),), form=a_form(title="Ny insats")
    )

    [post] = drawn(a_letter(message))

    first, second = buttons(post.blocks)
    assert (first["action_id"], first["text"]["text"]) == ("form:f1", "Ny insats")
    assert second["action_id"] == "press:b1"


def test_a_button_is_read_aloud_with_its_label_in_full():
    [post] = drawn(a_letter(ONE_OF_EACH["buttons"]))

    assert [one["accessibility_label"] for one in buttons(post.blocks)][:2] == [
        "Ja till Målbilden",
        "Ja, men",
    ]


def test_a_label_that_had_to_be_cut_is_told_in_full_above_the_buttons():
    label = "Utgå från: " + "ett långt förslag " * 10
    [post] = drawn(a_letter(a_message(Paragraph(words("Välj.")), buttons=(a_button(label),))))

    [button] = buttons(post.blocks)
    assert len(button["text"]["text"]) <= BUTTON_LABEL
    assert button["text"]["text"].endswith("…")
    assert label in runs(post.blocks)


@pytest.mark.parametrize("count", [1, 5, 6, 60, 61, 300, 1_000])
def test_every_button_is_there_once_however_many_there_are(count):
    every_one = tuple(a_button(f"Förslag {n}", f"id-{n}") for n in range(count))
    found = drawn(a_letter(a_message(Paragraph(words("Välj.")), buttons=every_one)))

    assert [one["action_id"] for one in buttons(blocks_of(found))] == [f"press:id-{n}" for n in range(count)]
    assert buttons(found[0].blocks)


def test_nothing_but_buttons_is_called_by_as_many_labels_as_fit():
    found = drawn(a_letter(a_message(buttons=tuple(a_button("&" * 75, f"id-{n}") for n in range(60)))))

    assert all(post.text.startswith("&amp;") for post in found)


# --- next to nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        Message(""),
        Message("\u200b"),
        a_message(Paragraph(())),
        a_message(Paragraph(words("")), Heading(""), Quote(()), Bullets(((), words("")))),
        a_message(Facts((("", ""),)), Fold("", (Paragraph(words("")),))),
        replace(ONE_OF_EACH["only_buttons"], text=""),
    ],
)
def test_a_message_that_says_nothing_is_still_a_post(message):
    [post] = drawn(a_letter(message))

    assert post.text.strip()
    assert post.blocks


def test_a_message_that_is_only_a_text_is_drawn_from_it():
    [post] = drawn(a_letter(Message("Hej <du>")))

    assert (post.text, runs(post.blocks)) == ("Hej &lt;du&gt;", ["Hej <du>"])


# --- anything --------------------------------------------------------------------------------------------------

# letters, marks that Slack knows, white space, and signs of two units
TEXT = st.text(st.sampled_from('abcåäö<>&*_`:@#|"\\ \n\t1😀\u200d\u0301א'), max_size=40)
LONG = st.builds(lambda text, times: text * times, TEXT, st.integers(1, 200))
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
def test_whatever_is_said_slack_takes_it_and_no_word_is_lost(blocks, count, how):
    labels = tuple(a_button(f"Knapp {n}", f"id-{n}") for n in range(count))
    message = a_message(*blocks, buttons=labels)
    found = drawn(a_letter(message, "question" if how == "edit" else how))

    read = "".join("".join(unescaped(post.text) for post in found).split())
    assert sorted(said(blocks_of(found))) == sorted(_words(message))
    if message.text.strip() and how in ("question", "edit"):
        assert read == "".join(message.text.split())
    assert len(buttons(blocks_of(found))) == count


def _words(message: Message) -> str:
    """Return the message's words: its reading text without what the lists' marks add."""
    found: list[str] = []

    def walk(block: object) -> None:
        match block:
            case Paragraph(spans=spans) | Quote(spans=spans):
                found.extend(span.text for span in spans)
            case Heading(text=text):
                found.append(text)
            case Bullets(items=items):
                found.extend(span.text for item in items for span in item)
            case Facts(pairs=pairs):
                found.extend(f"{name}:{value}" for name, value in pairs)
            case Fold(title=title, blocks=inner):
                found.append(title)
                for one in inner:
                    walk(one)

    for block in message.blocks:
        walk(block)
    return "".join("".join(found).replace("\u00a0", " ").split())


def test_escaping_leaves_no_mark_of_slacks():
    assert escaped("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
