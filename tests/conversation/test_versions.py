"""A new version of the method while a group is under way: seen before, gone over to by whoever leads, and undone."""

import json

from bot.usecases.export import export
from content.checks import check_upgrade
from content.pack import Pack
from content.phrases.book import Phrasebook
from tests.conversation.talk import TRACK, Talk
from tests.dialogs.builders import a_condition, a_pack, a_question, as_version


def second_version() -> Pack:
    """Return the method of `talk.a_method` as its next version has it."""
    pack = a_pack(
        a_question("malet", was=["vision"], example={"sv": "Så här", "en": "Like this"}),
        a_question("antal-i-ord", was=["antal"]),
        a_question("farsk"),
        a_question("samtycke", settle="consent"),
        a_question("enhet", who="each-unit", settle="direct"),
        a_question("privat", who="each", visibility="leader-and-coach"),
        a_question("hemligt", was=["anonym"], who="each", visibility="anonymous"),
        a_question("lova", "commitment", parties=["ledare"]),
        a_question("beslut", "decision"),
        a_question("ide", "record"),
        a_question("rad", who={"roles": ["coach"]}, optional=True),
        gate={"warn": [a_condition({"answered": "malet"})]},
        after=[a_question("efter")],
        tracks=[TRACK],
    )
    return as_version(pack, "2.0.0", gone=["question:val"])


def install(talk: Talk) -> Pack:
    new = second_version()
    assert check_upgrade(talk.pack, new) == ()
    with talk.uow() as uow:
        uow.packs.put(new, "summa-2", by="test", at=talk.clock.now())
        uow.commit()
    return new


def answered(talk: Talk) -> None:
    talk.says("Bo", "lära", to="1.1")
    talk.says("Ada", "fastställ 1.1: Vi lär av andra")
    talk.says("Ada", "1.2: 40")
    talk.says("Ada", "1.3: ja")
    talk.says("Ada", "fastställ 1.3: ja")
    talk.says("Cia", "tveksam", to="1.4")


def test_the_difference_is_shown_question_by_question_and_nothing_is_written(talk: Talk):
    answered(talk)
    install(talk)
    before = talk.everything()

    told = talk.says("Bo", "ny version").text

    assert "Fråga malet?" in told
    assert "ny lydelse" in told
    assert "1.2 Fråga antal-i-ord?: besvaras på ett annat sätt" in told
    assert "utkast" in told
    assert "1.3 Fråga farsk?: ny fråga." in told
    assert "1.3 Fråga val?: ställs inte längre. Det ni har svarat finns kvar" in told
    assert "Den som leder gruppen bestämmer" in told
    changed = {name for name, rows in talk.everything().items() if rows != before[name]}
    assert changed <= {"inbox", "outbox", "button", "message_spot", "audit", "account", "person"}


def test_whoever_leads_goes_over_and_every_answer_is_accounted_for(talk: Talk):
    answered(talk)
    install(talk)

    told = talk.presses("Ada", talk.says("Ada", "ny version").button("change-version"))

    assert "2 svar följer med" in told.text
    assert "1 fråga ställs på nytt" in told.text
    assert "1 svar läggs" in told.text
    assert talk.journey().version == "2.0.0"
    assert talk.item("1.1").value == "Vi lär av andra"
    assert talk.said_on("1.1") == ["lära"]
    assert talk.item("1.2").status == "draft"
    assert talk.item("1.2").draft.value == "40"
    assert talk.said_on("1.4") == ["tveksam"]
    retired = {address.key: item.value for address, item in talk.journey().retired.items()}
    assert retired == {"val@1.0.0||": "ja", "antal@1.0.0||": 40}
    assert talk.put()[0] == "1.2"
    assert talk.differences() == []


def test_members_do_not_choose_the_version(talk: Talk):
    install(talk)
    button = talk.says("Ada", "ny version").button("change-version")

    assert "only-leader" in talk.says("Bo", "byt version").keys
    assert "only-leader" in talk.presses("Bo", button).keys
    assert talk.journey().version == "1.0.0"


def test_the_change_is_undone_and_all_is_as_before(talk: Talk):
    answered(talk)
    before = talk.journey()
    install(talk)
    talk.says("Ada", "byt version")
    talk.says("Ada", "fastställ 1.2: fyrtio")
    talk.says("Bo", "nytt", to="1.3")

    talk.says("Ada", "ångra versionsbytet")

    after = talk.journey()
    assert after.version == "1.0.0"
    assert dict(after.items.items()) == dict(before.items)
    assert {one: page.statuses for one, page in after.pages.items()} == {
        one: page.statuses for one, page in before.pages.items()
    }
    assert [item.value for one, item in after.retired.items() if one.question == "antal-i-ord@2.0.0"] == [
        "fyrtio"
    ]
    assert talk.differences() == []


def test_what_was_said_to_the_new_version_is_there_when_it_comes_back(talk: Talk):
    answered(talk)
    install(talk)
    talk.says("Ada", "byt version")
    talk.says("Ada", "fastställ 1.2: fyrtio")
    talk.says("Ada", "ångra versionsbytet")

    talk.says("Ada", "byt version")

    assert talk.item("1.2").value == "fyrtio"
    assert talk.item("1.1").value == "Vi lär av andra"


def test_old_messages_and_buttons_lead_to_the_question_under_its_new_name(talk: Talk):
    told = talk.says("Bo", "lära", to="1.1", message="bos")
    offered = talk.says("Ada", "fundera", to="1.1")
    thread = talk.posted["1.1"]
    install(talk)
    talk.says("Ada", "byt version")

    talk.edits("Bo", "bos", "lära av andra")
    assert "lära av andra" in talk.said_on("1.1")
    talk.posted["1.1"] = thread
    talk.says("Cia", "resa", to="1.1")
    assert "resa" in talk.said_on("1.1")
    talk.presses("Ada", offered.button("settle"))
    assert talk.item("1.1").status == "settled"
    assert told.text


def test_an_old_button_of_a_question_that_is_gone_says_so(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: sedan")
    talk.says("Ada", "hoppa över 1.2: sedan")
    told = talk.says("Ada", "fråga 1.3")
    thread = talk.posted["1.3"]
    given = talk.says("Ada", "ja", to="1.3", message="adas")
    install(talk)
    talk.says("Ada", "byt version")
    before = talk.journey()

    assert "old-button" in talk.presses("Ada", told.button("why")).keys
    talk.posted["1.3"] = thread
    assert "question-is-gone" in talk.edits("Ada", "adas", "nej").keys
    talk.says("Ada", "varför inte", to="1.3")

    assert dict(talk.journey().items) == dict(before.items)
    assert given.text


def test_anonymous_words_come_along_without_a_name(talk: Talk):
    for number in ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6"):
        talk.says("Ada", f"hoppa över {number}: sedan")
    for who in ("Bo", "Cia", "Ada"):
        talk.privately(who, f"1.7: {who} vet")
    install(talk)
    talk.says("Ada", "byt version")

    assert sorted(str(one.value) for one in talk.item("1.7").contributions) == [
        "Ada vet",
        "Bo vet",
        "Cia vet",
    ]
    assert all(one.by is None for one in talk.item("1.7").contributions)
    assert talk.differences() == []

    talk.says("Ada", "ångra versionsbytet")
    assert len(talk.item("1.7").contributions) == 3


def test_the_history_goes_back_to_the_former_name(talk: Talk):
    answered(talk)
    install(talk)
    talk.says("Ada", "byt version")
    talk.says("Ada", "ändra 1.1: Vi lär och ger")

    told = talk.says("Bo", "historik 1.1").text

    assert "Vi lär av andra" in told
    assert "Vi lär och ger" in told


def test_the_newest_version_has_nothing_newer(talk: Talk):
    assert "version-is-newest" in talk.says("Ada", "ny version").keys
    assert "version-is-newest" in talk.says("Ada", "byt version").keys
    assert "version-none-before" in talk.says("Ada", "ångra versionsbytet").keys


def test_the_status_says_that_there_is_a_newer_version(talk: Talk):
    assert "version-there-is" not in talk.says("Bo", "läget").keys
    install(talk)
    assert "version-there-is" in talk.says("Bo", "läget").keys
    talk.says("Ada", "byt version")
    assert "version-there-is" not in talk.says("Bo", "läget").keys


def test_an_export_tells_what_is_not_asked_any_more_and_who_changed_the_version(talk: Talk):
    answered(talk)
    install(talk)
    talk.says("Ada", "byt version")

    handed = export(
        talk.journey().id,
        uow=talk.uow(),
        shelf=talk.shelf,
        book=Phrasebook.load(),
        clock=talk.clock,
        language="sv",
    )

    told = json.loads(handed.json)
    [change] = told["method"]["changes"]
    assert (change["before"], change["to"], change["by"]["name"]) == ("1.0.0", "2.0.0", "Ada")
    [retired] = told["retired"]
    kept = {one["id"]: one["revisions"][0]["value"] for one in retired["questions"]}
    assert (retired["version"], kept) == ("1.0.0", {"antal": 40, "val": "ja"})
    [goal] = [one for one in told["steps"][0]["questions"] if one["id"] == "malet"]
    assert [one["value"] for one in goal["revisions"]] == ["Vi lär av andra"]
    assert "Frågor som inte ställs längre (version 1.0.0)" in handed.markdown


def test_two_who_change_at_once_change_once(talk: Talk):
    install(talk)
    button = talk.says("Ada", "ny version").button("change-version")
    talk.presses("Ada", button)

    assert "version-is-here" in talk.presses("Ada", button).keys


def test_what_reads_otherwise_is_put_anew_and_the_rest_is_left_alone(talk: Talk):
    install(talk)

    told = talk.says("Ada", "byt version")
    assert [letter.message.text.splitlines()[0] for letter in told.letters if letter.how == "question"] == [
        "1.1 Fråga malet?"
    ]
    assert {"version-changed"} <= told.keys
    assert {"version-changed-back"} <= talk.says("Ada", "ångra versionsbytet").keys


def test_a_question_that_reads_as_before_is_not_put_again(talk: Talk):
    new = as_version(talk.pack, "2.0.0")
    with talk.uow() as uow:
        uow.packs.put(new, "summa-2", by="test", at=talk.clock.now())
        uow.commit()

    told = talk.says("Ada", "byt version")

    assert talk.journey().version == "2.0.0"
    assert [letter for letter in told.letters if letter.how in ("question", "edit")] == []
