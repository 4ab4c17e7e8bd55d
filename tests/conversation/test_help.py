"""What `hjälp` shows: words that are heard as they stand, those of the methods and the part that somebody has in them."""

import re
import tomllib
from pathlib import Path

import pytest

from dialogs.hearing.hear import Answered, Commanded, hear
from tests.conversation.own_packs import install, own_pack
from tests.conversation.talk import Talk

PHRASES = tomllib.loads(
    (Path(__file__).parents[2] / "content/phrases/conversation.toml").read_text(encoding="utf-8")
)
LINES = [
    key for key in PHRASES if re.fullmatch(r"help-(?!intro|now|start|some-document)[a-z]+(?:\..*)?", key)
]


def words_in(language: str) -> list[str]:
    """What stands between stars, but for the first of each line, which says what it is about."""
    document = PHRASES["help-some-document"][language]
    lines = [PHRASES[key][language].format(document=document) for key in LINES]
    return [word for line in lines for word in re.findall(r"\*([^*]+)\*", line)[1:]]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_word_is_heard_as_it_stands(language: str):
    for word in words_in(language):
        heard = hear(word)
        assert isinstance(heard, Commanded) or (
            isinstance(heard, Answered) and (heard.number or heard.on_behalf)
        ), word


def test_both_languages_name_the_same():
    sv, en = (
        [getattr(hear(word), "command", "") for word in words_in(language)] for language in ("sv", "en")
    )
    assert sv == en


def shown(talk: Talk, who: str, *, privately: bool = False) -> set[str]:
    told = talk.privately(who, "hjälp") if privately else talk.says(who, "hjälp")
    return {key for key in told.keys if key in LINES}


def test_a_member_sees_what_the_method_holds(talk: Talk):
    assert shown(talk, "Bo") == {
        "help-answer", "help-decide", "help-look", "help-files", "help-people", "help-remind", "help-more"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "lines"),
    [
        ("kronoberg-strategi", {"help-year", "help-examples"}),
        ("samverkan-processtod", {"help-year", "help-exercises", "help-staff", "help-examples"}),
    ],
)
def test_a_method_adds_what_it_holds(nobody: Talk, method: str, lines: set[str]):
    install(nobody, method)
    title = own_pack(method).pack.manifest.title.said_in("sv")
    nobody.privately("Ada", "hjälp")
    for line in ("starta", "Omsorgen", title, "Trygga nätter", "-", "-"):
        nobody.says("Ada", line)
    assert {"help-year", "help-exercises", "help-staff", "help-examples"} & shown(nobody, "Ada") == lines


def test_a_document_of_the_method_is_named(nobody: Talk):
    install(nobody, "benchlearning")
    nobody.privately("Ada", "hjälp")
    told = nobody.says("Ada", "hjälp").text
    assert "dokument handlingsplan som pdf" in told
    for line in ("starta", "Omsorgen", "Benchlearning", "Trygga nätter", "-", "-"):
        nobody.says("Ada", line)
    told = nobody.says("Ada", "hjälp").text
    assert "dokument handbok som pdf" in told
    assert "handlingsplan" not in told


def test_who_follows_groups_and_who_keeps_the_methods_see_their_words_in_private(talk: Talk):
    theirs = {"help-coach", "help-methods", "help-registrar"}
    assert not theirs & shown(talk, "Bo", privately=True)
    assert theirs & shown(talk, "Karl", privately=True) == {"help-coach"}
    assert not theirs & shown(talk, "Karl")
    bo = talk.member("Bo").person.id
    with talk.uow() as uow:
        [(organisation, _)] = uow.organisations.all()
        uow.organisations.add_admin(organisation, bo)
        uow.commit()
    assert theirs & shown(talk, "Bo", privately=True) == {"help-methods", "help-registrar"}
