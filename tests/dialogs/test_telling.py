"""Messages, status and documents as values: every word is in the reading text, and the facts are the journey's."""

from dataclasses import replace

import pytest

from content.schema.files import Document
from dialogs.events import Event
from dialogs.flows.advance import Advance, advance
from dialogs.letters import ToPerson, ToRoom
from dialogs.messages import (
    Bullets,
    Composer,
    Facts,
    Fold,
    Heading,
    Link,
    Mention,
    Paragraph,
    Press,
    Quote,
    Words,
    marked,
    plain,
    reading_text,
    words,
)
from dialogs.model.answers import Answer
from dialogs.model.people import Unit, UnitId
from dialogs.reports.document_markdown import as_markdown
from dialogs.reports.document_message import document_message
from dialogs.reports.documents import document_named, written
from dialogs.reports.status import status_message
from dialogs.reports.status_parts import part_message
from dialogs.values.showing import shown
from dialogs.wording.effects import letters_for
from dialogs.wording.questions import progress_message, question_message
from dialogs.wording.receipts import Hearing
from dialogs.wording.steps import gate_message, step_message
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    NOW,
    PIA,
    a_condition,
    a_journey,
    a_pack,
    a_question,
    asking,
    at,
    contributed,
    paused,
    record_added,
    reopened,
    round_opened,
    settled,
    signed,
    skipped,
    voiced,
)  # fmt: skip
from tests.dialogs.telling import a_summary, a_teller, actions

KINDS = {
    "text": "så här", "choice": "ja", "choices": ["ja", "nej"], "scale": 3, "number": 12500, "date": "2027-03-15",
    "person": "bo", "unit": "vard", "body": "ks", "list": ["ett", "två"], "file": {"name": "Planen", "url": "https://a.se"},
    "commitment": ["tid", "pengar"],
    "decision": {"body": "ks", "date": "2026-11-02", "reference": "§ 14", "what": "Nystart"},
    "ranking": ["nej", "ja"], "record": 2,
}  # fmt: skip


# --- messages --------------------------------------------------------------------------------------------------


def test_what_a_pack_marks_to_write_is_strong_and_a_star_alone_stays():
    assert marked("Skriv *ny idé* eller *lista 2*.") == (
        Words("Skriv "), Words("ny idé", True), Words(" eller "), Words("lista 2", True), Words("."),
    )  # fmt: skip
    assert marked("Betyg 4* av 5 * 2") == (Words("Betyg 4* av 5 * 2"),)


def test_the_reading_text_holds_every_word_of_the_blocks():
    message = (
        Composer()
        .heading("Rubrik")
        .say((*words("före "), Link("länken", "https://a.se"), Mention("bo", "Bo Dahl")))
        .bullets([words("ett"), words("två")])
        .bullets([words("tre")], ordered=True)
        .quote(words("citat\npå två rader"))
        .facts([("namn", "värde")])
        .fold("mer", Composer().say(words("dolt")))
        .done()
    )
    for word in (
        "Rubrik",
        "före",
        "länken",
        "https://a.se",
        "Bo Dahl",
        "- ett",
        "1. tre",
        "på två rader",
        "namn: värde",
        "mer",
        "dolt",
    ):
        assert word in message.text


def test_what_is_empty_leaves_no_trace():
    assert Composer().bullets([]).facts([]).fold("mer", Composer()).done().blocks == ()


def test_a_fold_holds_no_fold():
    inner = Composer().say(words("a")).fold("b", Composer().say(words("c")))
    [fold] = Composer().fold("mer", inner).blocks
    assert isinstance(fold, Fold)
    assert [type(one) for one in fold.blocks] == [Paragraph]


def _words_of(blocks):
    for block in blocks:
        match block:
            case Paragraph(spans=spans) | Quote(spans=spans):
                yield plain(spans)
            case Heading(text=text):
                yield text
            case Bullets(items=items):
                yield from (plain(item) for item in items)
            case Facts(pairs=pairs):
                yield from (word for pair in pairs for word in pair)
            case Fold(title=title, blocks=inner):
                yield title
                yield from _words_of(inner)


# --- values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sv", "en"),
    [
        ("text", "så här", "så här"),
        ("choice", "Ja", "Ja (en)"),
        ("choices", "Ja, Nej", "Ja (en), Nej (en)"),
        ("scale", "3 / 5", "3 / 5"),
        ("number", "12\u00a0500", "12\u00a0500"),
        ("date", "2027-03-15", "2027-03-15"),
        ("person", "Bo Dahl", "Bo Dahl"),
        ("unit", "Vård och omsorg", "Vård och omsorg"),
        ("list", "- ett\n- två", "- ett\n- två"),
        ("file", "Planen (https://a.se)", "Planen (https://a.se)"),
        ("commitment", "Tid, Pengar", "Tid (en), Pengar (en)"),
        (
            "decision",
            "Nystart (Kommunstyrelsen, 2026-11-02, § 14)",
            "Nystart (Kommunstyrelsen, 2026-11-02, § 14)",
        ),
        ("ranking", "1. Nej\n2. Ja", "1. Nej (en)\n2. Ja (en)"),
        ("record", "2", "2"),
    ],
)
def test_a_value_is_shown_with_names_for_ids(kind, sv, en):
    pack = a_pack(a_question("q", kind))
    spec = pack.places["q"].question
    told = [shown(spec, KINDS[kind], asking(pack, language=language)) for language in ("sv", "en")]
    assert told == [sv, en]
    assert shown(spec, None, asking(pack)) == ""


def test_a_number_is_shown_with_its_unit_and_the_languages_comma():
    pack = a_pack(a_question("q", "number", unit_word={"sv": "timmar", "en": "hours"}))
    spec = pack.places["q"].question
    told = [shown(spec, 1234.5, asking(pack, language=language)) for language in ("sv", "en")]
    assert told == ["1\u00a0234,5 timmar", "1\u00a0234.5 hours"]


def test_what_is_no_longer_there_is_shown_as_it_was_kept():
    pack = a_pack(a_question("q", "choice"), a_question("vem", "person"))
    assert shown(pack.places["q"].question, "borta", asking(pack)) == "borta"
    assert shown(pack.places["vem"].question, "borta", asking(pack)) == "borta"


# --- questions and steps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_every_kind_is_put_answered_and_shown(kind, language):
    pack = a_pack(a_question("q", kind, example={"sv": "Så", "en": "So"}))
    fresh = a_teller(pack, a_journey(pack), language=language)
    item = a_journey(pack).item(at("q"))
    answered = fresh.journey.with_item(_answered(item, KINDS[kind]))
    for message in (
        question_message(fresh, at("q")),
        progress_message(replace(fresh, journey=answered), at("q")),
    ):
        for word in _words_of(message.blocks):
            assert word in reading_text(message.blocks)
        assert message.text == reading_text(message.blocks)
        assert {"why", "example"} <= set(actions(message))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_of_a_question_is_not_told_where_something_else_is_true(kind):
    def put(pack, journey, language):
        return question_message(a_teller(pack, journey, language=language), at("q"))

    pack = a_pack(a_question("q", kind))
    journey = a_journey(pack)
    fewer = replace(journey, roster=replace(journey.roster, units=(), bodies=(), members=()))
    asked = [
        (one, language)
        for one in (journey, replace(journey, practice=True), fewer, journey)
        for language in ("sv", "en")
    ]
    told = [put(pack, *one) for one in asked]
    assert told == [put(a_pack(a_question("q", kind)), *one) for one in asked]


def _answered(item, value):
    return replace(item, answer=Answer(1, value, ADA.id, NOW, "leader"))


def test_a_choice_has_a_button_for_each_option():
    pack = a_pack(a_question("q", "choice"))
    buttons = question_message(a_teller(pack, a_journey(pack)), at("q")).buttons
    assert [one.press.argument for one in buttons if one.press.action == "answer"] == ["ja", "nej", "kanske"]


def test_a_round_offers_its_four_voices():
    pack = a_pack(a_question("q", settle="consent"))
    journey = a_journey(pack, round_opened("q", "ett"))
    assert {"agree", "concern", "object", "abstain"} <= set(
        actions(question_message(a_teller(pack, journey), at("q")))
    )


def test_a_gate_that_is_ready_offers_to_sign_and_one_that_lacks_something_does_not():
    pack = a_pack(a_question("a"), gate={"must": [a_condition({"answered": "a"})]})
    lacking, ready = a_journey(pack), a_journey(pack, settled("a", "så"))
    assert actions(gate_message(a_teller(pack, lacking), "ett")) == []
    assert actions(gate_message(a_teller(pack, ready), "ett")) == ["sign"]


def test_the_target_picture_is_shown_at_each_step_and_gate():
    track = {"id": "mal", "shown": "bild", "asked": [{"with-step": "ett", "questions": [a_question("bild")]}]}
    pack = a_pack(a_question("a"), after=[a_question("b")], tracks=[track])
    teller = a_teller(pack, a_journey(pack, settled("bild", "Vi lär av Europa")))
    assert "Vi lär av Europa" in step_message(teller, "tva").text
    assert "Vi lär av Europa" in gate_message(teller, "ett").text


# --- status ----------------------------------------------------------------------------------------------------


def test_the_status_names_the_step_what_is_open_and_whom_it_waits_for():
    pack = a_pack(a_question("a"), a_question("b"), after=[a_question("c")])
    journey = a_journey(pack, settled("a", "så"), contributed("b", BO, "inspel"))
    teller = a_teller(pack, journey)
    told = status_message(teller, a_summary(teller)).text
    for fact in ("Ett", "1.2", ADA.name, CIA.name):
        assert fact in told
    assert "Tva" in part_message(teller, a_summary(teller), "steps", ()).text
    assert BO.name not in told


@pytest.mark.parametrize(
    "happened",
    [[], [settled("a", "så")], [settled("a", "så"), signed()], [settled("a", "så"), signed(), settled("c", "så"), signed("tva")],
     [skipped("a")], [paused()], [settled("a", "så"), reopened("a")]],
)  # fmt: skip
@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_a_status_wherever_the_group_stands(happened, language):
    pack = a_pack(a_question("a"), after=[a_question("c")], coverage=[
        {"id": "svar", "title": {"sv": "Svar"}, "units": "all", "what": {"member": "ledare"}}])  # fmt: skip
    teller = a_teller(pack, a_journey(pack, *happened), language=language)
    message = status_message(teller, a_summary(teller))
    assert "Vård och omsorg" in message.text


# --- documents -------------------------------------------------------------------------------------------------

PLAN = Document.model_validate({
    "id": "plan", "title": {"sv": "Handlingsplan", "en": "Action plan"}, "words": [{"sv": "planen", "en": "the plan"}],
    "headings": [
        {"title": {"sv": "Mål"}, "parts": [{"text": {"sv": "Det här vill vi."}}, {"answer": "mal"}, {"answer": "enhet"}]},
        {"title": {"sv": "Röster"}, "parts": [{"answer": "alla"}, {"answer": "hemligt"}]},
        {"title": {"sv": "Idéer"}, "parts": [{"register": "ideer", "sort-by": "dag"}]},
    ],
})  # fmt: skip
WRITING = a_pack(
    a_question("mal"), a_question("enhet", who="each-unit"), a_question("alla", who="each"),
    a_question("hemligt", who="each", visibility="leader-and-coach"),
).model_copy(update={"documents": (PLAN,)})  # fmt: skip


def test_a_document_knows_what_it_lacks():
    assert len(written(a_teller(WRITING, a_journey(WRITING)), PLAN).missing) == 6


def test_every_paragraph_knows_its_question_and_revision():
    journey = a_journey(
        WRITING, settled("mal", "Ett"), settled("mal", "Två"), settled("enhet@unit:vard", "Vård vill")
    )
    passages = written(a_teller(WRITING, journey), PLAN).chapters[0].passages
    assert [
        (one.line, one.source and one.source.of, one.source and one.source.revision) for one in passages
    ] == [
        ("Det här vill vi.", None, None),
        ("Två", "1.1 Fråga mal?", 2),
        ("Vård och omsorg: Vård vill", "1.2.2 Fråga enhet?: Vård och omsorg", 1),
        ("", None, None),
    ]


def test_only_settled_answers_stand_in_a_document():
    journey = a_journey(WRITING, contributed("mal", BO, "mitt inspel"))
    assert (
        "mitt inspel"
        not in document_message(a_teller(WRITING, journey), written(a_teller(WRITING, journey), PLAN))
        .done()
        .text
    )


def test_a_document_names_nobody_and_keeps_what_was_told_in_private():
    said = [contributed(id, who, f"{id} {who.id}") for id in ("alla", "hemligt") for who in (ADA, BO, CIA)]
    said += [settled(id, "sagt") for id in ("mal", "enhet@unit:skola", "enhet@unit:vard")]
    teller = a_teller(WRITING, a_journey(WRITING, *said))
    told = document_message(teller, written(teller, PLAN)).done().text
    assert "alla bo" in told
    assert "hemligt bo" not in told
    assert BO.name not in told


def test_records_stand_in_the_order_that_the_document_chooses():
    journey = a_journey(
        WRITING,
        record_added("sen", dag="2027-05-01"),
        record_added("tidig", dag="2027-01-01"),
        record_added("utan"),
    )
    [passage] = written(a_teller(WRITING, journey), PLAN).chapters[2].passages
    assert [line.split(" ")[0].rstrip(".") for line in passage.bullets] == ["Tidig", "Sen", "Utan"]


def test_records_are_sorted_by_the_name_of_their_unit_and_not_by_its_id():
    plan = Document.model_validate({
        "id": "plan", "title": {"sv": "Plan"},
        "headings": [{"title": {"sv": "Idéer"}, "parts": [{"register": "ideer", "sort-by": "for"}]}],
    })  # fmt: skip
    units = (Unit(UnitId("u1"), "Vård"), Unit(UnitId("u2"), "Barn"))
    entered = (
        record_added("utan"),
        record_added("vård", **{"for": "u1"}),
        record_added("barn", **{"for": "u2"}),
    )
    [passage] = (
        written(a_teller(WRITING, a_journey(WRITING, *entered, units=units)), plan).chapters[0].passages
    )
    assert [line.split(" ")[0].rstrip(".") for line in passage.bullets] == ["Barn", "Vård", "Utan"]


def test_what_is_optional_is_left_out_with_its_heading_where_there_is_nothing():
    records = {"register": "ideer", "where": {"filled": "dag"}, "optional": "true"}
    document = Document.model_validate(
        {
            "id": "plan",
            "title": {"sv": "Plan"},
            "headings": [{"title": {"sv": "Med dag"}, "parts": [records]}],
        }
    )
    pack = WRITING.model_copy(update={"documents": (document,)})

    empty = written(a_teller(pack, a_journey(pack, record_added("utan"))), document)
    filled = written(a_teller(pack, a_journey(pack, record_added("sen", dag="2027-05-01"))), document)

    assert (empty.chapters, empty.missing) == ((), ())
    assert [chapter.title for chapter in filled.chapters] == ["Med dag"]


def test_several_lines_about_a_unit_begin_below_its_name():
    journey = a_journey(WRITING, settled("enhet@unit:vard", "Ett\nTvå"))

    passages = written(a_teller(WRITING, journey), PLAN).chapters[0].passages

    assert "Vård och omsorg:\nEtt\nTvå" in [one.line for one in passages]


@pytest.mark.parametrize("name", ["handlingsplan", "Planen", "the plan", "plan", "Action plan"])
def test_a_document_is_found_by_what_people_call_it(name):
    assert document_named(a_teller(WRITING, a_journey(WRITING)), name) == PLAN


def test_what_people_wrote_stays_text_in_markdown():
    journey = a_journey(
        WRITING, settled("mal", "# inte rubrik\n<b>x</b> [a](javascript:1)\n- inte punkt\n1. inte lista")
    )
    told = as_markdown(written(a_teller(WRITING, journey), PLAN))
    for mark in ("\n# inte", "<b>", "[a](", "\n- inte", "\n1. inte"):
        assert mark not in told


# --- letters ---------------------------------------------------------------------------------------------------


def letters(pack, journey, event: Event, *, actor=BO):
    found = advance(pack, journey, event)
    assert isinstance(found, Advance)
    hearing = Hearing(actor.id, ToRoom(room="privat"), "sv", "t1")
    return letters_for(a_teller(pack, found.journey), found.effects, hearing)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("record", "commitment")])
def test_an_answer_of_every_kind_is_acknowledged_and_shown(kind):
    pack = a_pack(a_question("q", kind))
    value = {"ja": 1, "nej": 2} if kind == "ranking" else KINDS[kind]
    told = letters(pack, a_journey(pack), contributed("q", BO, value))
    assert any(letter.how == "edit" and letter.address == at("q") for letter in told)
    assert len({letter.key for letter in told}) == len(told)


def test_whoever_was_written_for_is_told_in_private_how_to_correct_it():
    pack = a_pack(a_question("q"))
    told = letters(pack, a_journey(pack), contributed("q", ADA, "bos ord", person=BO.id), actor=ADA)
    [letter] = [one for one in told if one.to == ToPerson(BO.id)]
    assert "bos ord" in letter.message.text
    assert actions(letter.message) == ["withdraw"]


def test_a_private_question_goes_to_each_who_is_waited_for():
    pack = a_pack(a_question("a"), a_question("q", who="each", visibility="leader-and-coach"))
    told = letters(pack, a_journey(pack), settled("a", "så"), actor=ADA)
    assert {one.to.person for one in told if isinstance(one.to, ToPerson)} == {ADA.id, BO.id, CIA.id}


def test_dissent_is_told_with_the_ratified_answer():
    pack = a_pack(a_question("q", settle="consent"))
    voices = [voiced("q", BO, "concern", "tiden räcker inte"), *(voiced("q", who) for who in (ADA, CIA))]
    journey = a_journey(pack, round_opened("q", "ett"), *voices)
    [letter] = [one for one in letters(pack, journey, voiced("q", PIA), actor=PIA)
                if one.how == "thread" and "tiden räcker inte" in one.message.text]  # fmt: skip
    assert letter.address == at("q")


def test_a_practice_journey_says_so_in_every_message():
    pack = a_pack(a_question("q"), a_question("r"))
    mark = plain(a_teller(pack, a_journey(pack)).say("practice-mark"))
    for event in (contributed("q", BO, "hej"), settled("q", "hej"), skipped("q"), round_opened("q", "x")):
        for letter in letters(pack, a_journey(pack, practice=True), event, actor=ADA):
            assert mark in letter.message.text, (event.kind, letter.message.text)


def test_the_buttons_of_a_message_carry_no_rights():
    pack = a_pack(a_question("q"))
    message = question_message(a_teller(pack, a_journey(pack)), at("q"))
    assert Press("why", at("q")) in [button.press for button in message.buttons]
    assert all(button.id == "" for button in message.buttons)
