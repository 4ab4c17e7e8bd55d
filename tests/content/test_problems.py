"""Each slip of an author's is told with its file, its line and what to write instead, in Swedish and English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter

from content.checks.references import NAMES
from content.json_schema import pack_schema
from content.loader import MODELS
from content.phrases.book import Phrasebook
from content.problems import MOST
from content.schema.base import Id
from content.schema.deciding import DecisionFields
from content.schema.guides import GuideNote
from content.schema_problems import _ONE_OF, EXAMPLES, PATTERNS, SENTENCES
from tests.content.builders import GOOD, WALK, a_pack, files, found, refused, said, with_change
from tests.content.builders import GUIDE as GUIDE_TEXT
from tests.content.builders import REGISTER as REGISTER_TEXT

FIRST, SECOND, TRACK = "steps/01-forsta.yaml", "steps/02-andra.yaml", "tracks/mal.yaml"
GUIDE = "guides/trappan.yaml"
A_FILM = "{{kind: film, title: {{sv: Film, en: Film}}, url: '{}', alternative: {{sv: Ord, en: Words}}}}"
A_YES = """\
kind: choice
    settle: consent
    for-each: {{register: ideer}}
    options: [{{id: ja, title: {{sv: Ja, en: "Yes"}}}}]
    yes: {{proposes: {}}}"""
REGISTER, WALKTHROUGH, DOCUMENT = "registers/ideer.yaml", "walkthroughs/kort.yaml", "documents/rapport.yaml"

# file, what stands there, what the author wrote instead, the line, the problem
SLIPS = [
    # the shape of a file
    ("pack.yaml", "id: prov\n", "", 1, "missing"),
    ("pack.yaml", "version: 1.0.0\n", "", 1, "missing"),
    ("pack.yaml", "languages: [sv, en]\n", "", 1, "missing-list"),
    ("pack.yaml", "purpose: {sv: Att prova, en: To try}\n", "", 1, "missing-text"),
    (FIRST, "form: talk\n", "", 1, "missing"),
    (SECOND, "gate:\n  leaves: {sv: Idéer, en: Ideas}\n", "", 1, "missing-part"),
    (
        "cycle.yaml",
        '    when: {kind: rrule, rrule: "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"}\n',
        "",
        16,
        "missing-kind",
    ),
    ("pack.yaml", "id: prov", "id: Prov", 1, "bad-id"),
    ("pack.yaml", "version: 1.0.0", "version: 1.0", 2, "bad-version"),
    ("pack.yaml", "format: 1", "format: 2", 3, "not-one-of"),
    ("pack.yaml", "languages: [sv, en]", "languages: []", 4, "too-few"),
    ("pack.yaml", "languages: [sv, en]", "languages: sv", 4, "not-a-list"),
    ("pack.yaml", "title: {sv: Prov, en: Trial}", "title: Prov", 5, "not-in-languages"),
    ("pack.yaml", "title: {sv: Prov, en: Trial}", "title: {svenska: Prov}", 5, "bad-language"),
    ("pack.yaml", "title: {sv: Prov, en: Trial}", "title:", 5, "empty-value"),
    ("pack.yaml", "title: {sv: Prov, en: Trial}", 'title: {sv: "", en: Trial}', 5, "empty-text"),
    ("pack.yaml", "id: prov", "id: [prov]", 1, "not-a-text"),
    ("pack.yaml", "may: [settle, sign]", "may: [settle, export]", 16, "not-one-of"),
    ("pack.yaml", "leader: ledare", "ledare: ledare", 17, "unknown-key"),
    ("pack.yaml", "    may: [settle, sign]", "    deputy: kanske", 16, "not-yes-or-no"),
    ("pack.yaml", "    may: [settle, sign]", "    at-least: två", 16, "not-a-number"),
    ("pack.yaml", "    may: [settle, sign]", "    at-least: -1", 16, "too-little"),
    ("pack.yaml", "    may: [settle, sign]", "    at_least: 1", 16, "unknown-key"),
    (FIRST, "kind: number", "kind: siffra", 16, "unknown-kind"),
    (FIRST, "    kind: number\n", "", 15, "kind-missing"),
    (FIRST, "gate:\n", "gate: öppen\nport:\n", 20, "not-a-mapping"),
    (FIRST, "  - id: antal", "  - bara ord\n  - id: antal", 15, "item-not-a-mapping"),
    (FIRST, "  - id: antal", "  -\n  - id: antal", 15, "empty-item"),
    ("pack.yaml", "languages: [sv, en]", "languages: [sv, EN]", 4, "bad-language"),
    (FIRST, "when: {equals: {question: natverk, to: ja}}", "when: natverk", 19, "rule-not-a-mapping"),
    (FIRST, "{answered: natverk}", "{answerd: natverk}", 23, "unknown-rule"),
    (FIRST, "{answered: natverk}", "{answered: natverk, filled: namn}", 23, "rule-several-keys"),
    (FIRST, "{answered: natverk}", "{equals: {to: ja}}", 23, "exactly-one"),
    (FIRST, "kind: number", "kind: number\n    least: .nan", 17, "not-a-number"),
    (FIRST, "kind: number", "kind: number\n    who: alla", 17, "not-one-of"),
    (FIRST, "kind: number", "kind: number\n    who: {roles: []}", 17, "too-few"),
    (FIRST, "kind: number", "kind: number\n    visibility: anonymous", 15, "anonymous-not-each"),
    (FIRST, "kind: number", "kind: number\n    then: [{move-records: ideer, till: klar}]", 17, "missing"),
    (FIRST, "kind: number", "kind: number\n    then: [{appoint: ledaren}]", 17, "unknown-role"),
    (WALKTHROUGH, "day: 2027-03-15", "day: 15/3 2027", 4, "not-a-date"),
    (FIRST, "form: talk", f"form: talk\nmedia: [{A_FILM.format('ftp://x')}]", 4, "bad-address"),
    (FIRST, "form: talk", f"form: talk\nmedia: [{A_FILM.format('https://a.se/en film')}]", 4, "bad-address"),
    # YAML
    (FIRST, "form: talk", "form: talk\nform: workshop", 4, "duplicate-key"),
    (FIRST, "form: talk", "form: &talk talk", 3, "anchor"),
    (FIRST, "form: talk", "form: !!str talk", 3, "tag"),
    (FIRST, "form: talk", "form: talk: igen", 3, "why-colon"),
    (FIRST, "form: talk", "form: talk\nformen", 4, "why-no-colon"),
    (FIRST, "form: talk", "form: 'talk", 3, "why-quote"),
    (FIRST, "form: talk", "form: @talk", 3, "why-character"),
    (FIRST, "form: talk", 'form: "\\q"', 3, "why-escape"),
    (FIRST, "  - id: antal", "\t- id: antal", 15, "why-tab"),
    (FIRST, "  - id: antal", "   - id: antal", 15, "why-indent"),
    # what names what
    ("pack.yaml", "leader: ledare", "leader: ledaren", 17, "unknown-role"),
    ("pack.yaml", "from-step: forsta", "from-step: forst", 19, "unknown-step"),
    ("pack.yaml", "steps: [forsta, andra]", "steps: [forsta, andra, tredje]", 20, "no-file"),
    ("pack.yaml", "steps: [forsta, andra]", "steps: [forsta, andra, andra]", 20, "listed-twice"),
    (SECOND, "id: andra", "id: andre", 1, "not-in-manifest"),
    (FIRST, "question: natverk", "question: network", 19, "unknown-question"),
    (FIRST, "to: ja", "to: japp", 19, "unknown-option"),
    (FIRST, "{equals: {question: natverk, to: ja}}", "{answered: ideer}", 19, "later-question"),
    (FIRST, "{equals: {question: natverk, to: ja}}", "{answered: antal}", 19, "asks-itself"),
    (
        FIRST,
        "{equals: {question: natverk, to: ja}}",
        "{more: {question: natverk, than: 1}}",
        19,
        "not-counted",
    ),
    (FIRST, "{equals: {question: natverk, to: ja}}", "{before: {question: natverk}}", 19, "not-dated"),
    (FIRST, "{equals: {question: natverk, to: ja}}", "{filled: namn}", 19, "no-record"),
    (FIRST, "{answered: natverk}", "{includes: {question: antal, option: ett}}", 23, "not-gathered"),
    (FIRST, "{answered: natverk}", "{at-least: {count: 1, of: {gaps: luckor}}}", 23, "unknown-coverage"),
    (FIRST, "{answered: natverk}", "{at-least: {count: 1, of: {register: idee}}}", 23, "unknown-register"),
    (
        FIRST,
        "{answered: natverk}",
        "{at-least: {count: 1, of: {register: ideer, where: {equals: {field: state, to: slut}}}}}",
        23,
        "unknown-state",
    ),
    (
        FIRST,
        "{answered: natverk}",
        "{at-least: {count: 1, of: {register: ideer, where: {filled: dagar}}}}",
        23,
        "unknown-field",
    ),
    (
        FIRST,
        "{answered: natverk}",
        "\n        all:\n          - equals: {question: natverk, to: ja}\n          - equals: {question: natverk, to: nej}",
        26,
        "never",
    ),
    (FIRST, "kind: number", "kind: choice\n    options-from: {tag: omrade}", 17, "unknown-tag"),
    (FIRST, "kind: number", "kind: choice", 15, "no-options"),
    (
        FIRST,
        "kind: number",
        "kind: choices\n    at-least: 3\n    options-from: {tag: omraden}",
        17,
        "too-few-options",
    ),
    (FIRST, "kind: number", "kind: number\n    least: 5\n    most: 1", 18, "least-over-most"),
    (
        FIRST,
        "kind: number",
        "kind: scale\n    lowest: 5\n    highest: 1\n    lowest-means: {sv: Lågt, en: Low}\n    highest-means: {sv: Högt, en: High}",
        18,
        "scale-upside-down",
    ),
    (
        FIRST,
        "kind: number",
        "kind: choice\n    options-from: {register: ideer}\n    then: [{move-records: ideer, to: slut}]",
        18,
        "unknown-state",
    ),
    (
        FIRST,
        "kind: number",
        "kind: number\n    then: [{move-records: ideer, to: klar}]",
        17,
        "moves-what-is-not-chosen",
    ),
    (FIRST, "kind: number", "kind: number\n    then: [{set-field: dag}]", 17, "sets-no-record"),
    (FIRST, "kind: number", "kind: number\n    yes: {proposes: ja}", 15, "yes-not-in-a-round"),
    (FIRST, "kind: number", f"{A_YES.format('kanske')}", 20, "unknown-option"),
    (
        FIRST,
        "kind: number",
        f"{A_YES.format('ja')}\n    then: [{{set-field: dag}}]",
        21,
        "field-of-another-kind",
    ),
    (FIRST, "kind: number", f"{A_YES.format('ja')}\n    then: [{{set-field: omrade}}]", 21, "unknown-option"),
    (FIRST, "id: antal", "id: natverk", 15, "id-twice"),
    (FIRST, "{id: nej,", "{id: ja,", 14, "id-twice"),
    (TRACK, "id: malbild", "id: antal", 8, "id-twice"),
    (TRACK, "with-step: forsta", "with-step: sista", 6, "unknown-step"),
    (REGISTER, "title-field: namn", "title-field: rubrik", 6, "unknown-field"),
    (REGISTER, "{filled: dag}", "{filled: dagen}", 24, "unknown-field"),
    (REGISTER, "omrade: skola", "omrade: skolan", 28, "unknown-option"),
    (REGISTER, "omrade: skola", "plats: skola", 28, "unknown-field"),
    (REGISTER, "id: dag", "id: state", 15, "field-called-state"),
    (REGISTER, "{after: {field: dag}}", "{criteria: must}", 31, "criteria-in-criterion"),
    (REGISTER, "{after: {field: dag}}", "{answered: natverk}", 31, "criterion-reads-question"),
    (
        REGISTER,
        "{after: {field: dag}}",
        "{equals: {question: natverk, to: ja}}",
        31,
        "criterion-reads-question",
    ),
    (
        REGISTER,
        "{after: {field: dag}}",
        "{at-least: {count: 1, of: {register: ideer}}}",
        31,
        "criterion-counts",
    ),
    (FIRST, "{answered: natverk}", "{criteria: must}", 23, "no-record"),
    (REGISTER, "body: namnd", "body: dag", 29, "field-of-another-kind"),
    (REGISTER, "date: dag", "date: datum", 29, "unknown-field"),
    (REGISTER, "reference: namn", "reference: dag", 29, "field-of-another-kind"),
    (REGISTER, "{to: [ny]", "{to: [slut]", 33, "unknown-state"),
    (REGISTER, "{state: ny", "{state: slut", 35, "unknown-state"),
    (REGISTER, "in: [ny]", "in: [slut]", 37, "unknown-state"),
    (REGISTER, "{date: dag, in", "{date: vem, in", 37, "no-date-field"),
    ("pack.yaml", "where: {filled: namn}", "prolongs: namn", 27, "no-date-field"),
    (REGISTER, "who: adder, field: namn", "who: adder, field: rubrik", 35, "unknown-field"),
    (REGISTER, "who: adder", "who: alla", 35, "not-one-of"),
    # guides
    (
        GUIDE,
        "{equals: {field: behov, to: pengar}}",
        "{equals: {field: behov, to: guld}}",
        18,
        "unknown-option",
    ),
    (GUIDE, "{equals: {field: behov, to: pengar}}", "{filled: behovet}", 18, "unknown-field"),
    (GUIDE, "{equals: {field: behov, to: pengar}}", "{criteria: must}", 18, "no-criteria"),
    (GUIDE, "{equals: {field: behov, to: pengar}}", "{filled: behov}", 22, "guide-never"),
    (GUIDE, "    rule: {equals: {field: behov, to: pengar}}\n", "", 15, "guide-always-first"),
    (GUIDE, "en: Begin small}", "en: Begin small}\n    rule: {filled: behov}", 25, "guide-without-last"),
    (GUIDE, "namn: {sv: Nytt, en: New}", "omrade: skolan", 21, "unknown-option"),
    (GUIDE, "namn: {sv: Nytt", "plats: {sv: Nytt", 21, "unknown-field"),
    (GUIDE, "add: {register: ideer", "add: {register: idee", 21, "unknown-register"),
    (
        GUIDE,
        "note: {register: ideer, outcome: namn",
        "note: {register: ideer, outcome: rubrik",
        25,
        "unknown-field",
    ),
    (GUIDE, "kind: text", "kind: person", 13, "unknown-kind"),
    ("coverage.yaml", "question:natverk", "guide:stegen", 3, "unknown-guide"),
    # who decides what
    ("pack.yaml", "role: ledare", "role: ledaren", 28, "unknown-role"),
    ("pack.yaml", "role: ledare", "role: ledare, by: council", 28, "exactly-one"),
    ("pack.yaml", "role: ledare", "role: ledare, body: organ", 28, "body-without-by"),
    ("pack.yaml", "where: {filled: namn}", "unit: namn", 23, "unit-without-by"),
    ("pack.yaml", "by: committee", "by: kommittén", 25, "not-one-of"),
    ("pack.yaml", "body: organ", "body: organet", 26, "unknown-question"),
    ("pack.yaml", "body: organ", "body: borjan", 26, "no-body-in"),
    ("pack.yaml", "to: [ny]", "to: [slut]", 27, "unknown-state"),
    ("pack.yaml", "register: ideer", "register: idee", 27, "unknown-register"),
    ("pack.yaml", "{filled: namn}", "{filled: rubrik}", 27, "unknown-field"),
    (FIRST, "kind: number", "kind: decision\n    right: valet", 17, "unknown-right"),
    (DOCUMENT, "columns: [namn, state]", "columns: [namn, lage]", 7, "unknown-field"),
    (DOCUMENT, "sort-by: dag", "sort-by: datum", 7, "unknown-field"),
    (DOCUMENT, "headings:", "header: {register: ideer, fields: [namnet]}\nheadings:", 3, "unknown-field"),
    (DOCUMENT, "headings:", "header: {register: ideen, fields: [namn]}\nheadings:", 3, "unknown-register"),
    (
        DOCUMENT,
        "headings:",
        "header: {register: ideer, fields: [namn], revised: namn}\nheadings:",
        3,
        "field-of-another-kind",
    ),
    (
        DOCUMENT,
        "headings:",
        "header: {register: ideer, fields: [namn], state: borta}\nheadings:",
        3,
        "unknown-state",
    ),
    (DOCUMENT, "{answer: malbild}", "{field: namn}", 6, "no-record"),
    (DOCUMENT, "headings:", "about: ideen\nheadings:", 3, "unknown-register"),
    (DOCUMENT, "headings:", "decision: malbild\nheadings:", 3, "no-decision-in"),
    (DOCUMENT, "{answer: malbild}", "{answer: bild}", 6, "unknown-question"),
    (DOCUMENT, "{answer: malbild}", "{answer: malbild, register: ideer}", 6, "exactly-one"),
    (DOCUMENT, "{answer: malbild}", "{answer: malbild, columns: [namn]}", 6, "columns-without-register"),
    (WALKTHROUGH, "who: Ada", "who: Eva", 10, "unknown-person"),
    (WALKTHROUGH, "who: Ada, says", "says", 10, "nobody-does-it"),
    (WALKTHROUGH, "unit: Skola", "unit: Skolan", 8, "unknown-unit"),
    (WALKTHROUGH, 'to: "1.1"', 'to: "9.1"', 10, "unknown-number"),
    (WALKTHROUGH, '{"1.1": Ja}', '{"9.1": Ja}', 13, "unknown-number"),
    (WALKTHROUGH, 'asks: ["1.2"]', "step: forst", 12, "unknown-step"),
    (WALKTHROUGH, 'asks: ["1.2"]', "records: {ide: 1}", 12, "unknown-register"),
    ("coverage.yaml", "question:natverk", "question:natverket", 3, "unknown-question"),
    ("coverage.yaml", "question:natverk", "fråga:natverk", 3, "unknown-item"),
    ("coverage.yaml", '"question:natverk"', "tour", 3, "no-tour"),
    ("coverage.yaml", "walkthrough: kort", "walkthrough: lang", 3, "unknown-walkthrough"),
    ("coverage.yaml", "row: S0-2", "row: S0-1", 4, "row-twice"),
    ("coverage.yaml", "row: S0-2, none", "row: S0-2, text: där, none", 4, "row-places"),
    ("coverage.yaml", "row: S0-2", "row: rad 2", 4, "bad-row"),
    # languages
    (FIRST, "why: {sv: Därför, en: Because}", "why: {sv: Därför}", 4, "language-missing"),
    (
        FIRST,
        "why: {sv: Därför, en: Because}",
        "why: {sv: Därför, en: Because, de: Darum}",
        4,
        "language-unknown",
    ),
    (WALKTHROUGH, "id: kort", "id: kort\nlanguage: fi", 2, "language-unknown"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "key"), SLIPS, ids=[f"{s[4]}-{s[3]}" for s in SLIPS])
def test_a_slip_is_told_at_its_line_in_both_languages(name: str, old: str, new: str, line: int, key: str):
    result = refused(with_change(name, old, new))

    assert (f"{name}:{line}", f"pack.{key}") in [(problem.place, problem.key) for problem in result.problems]
    for language in ("sv", "en"):
        for sentence in said(result, language):
            assert sentence.endswith((".", "?", "…"))
            assert not JARGON.search(sentence), sentence
    assert said(result, "sv") != said(result, "en")


JARGON = re.compile(r"[Pp]ydantic|[Vv]alidat|Input should|tuple|dict|union|[Ll]iteral|model|None\b|[{}]")


def test_a_rule_about_criteria_needs_a_register_with_some():
    without = REGISTER_TEXT.partition("criteria:")[0].replace("{filled: dag}", "{criteria: must}")

    assert found(files(registers__ideer=without)) == [(f"{REGISTER}:24", "pack.no-criteria")]
    assert a_pack(with_change(REGISTER, "{filled: dag}", "{criteria: must}"))


def test_records_that_wait_for_a_body_need_somewhere_to_hold_its_decision():
    without = REGISTER_TEXT.replace("decision: {body: namnd, date: dag, reference: namn}\n", "")

    assert found(files(registers__ideer=without)) == [("pack.yaml:27", "pack.no-decision-fields")]


def deciding_for(unit: str) -> dict[str, bytes]:
    """Return the pack whose right is that of the body that answers for the unit in this field."""
    field = "  - {id: for, kind: unit, title: {sv: För, en: For}}\n"
    pack = (
        GOOD["pack.yaml"].replace("    body: organ\n", "").replace("where: {filled: namn}", f"unit: {unit}")
    )
    return files(pack=pack, registers__ideer=REGISTER_TEXT.replace("states:", f"{field}states:", 1))


def test_a_right_of_the_body_that_answers_for_a_unit_needs_a_unit():
    assert [key for _, key in found(deciding_for("dag"))] == ["pack.no-unit-in"]
    assert [key for _, key in found(deciding_for("skola"))] == ["pack.unknown-field"]
    assert a_pack(deciding_for("for")).manifest.decides[0].records is not None


def test_the_list_for_the_web_site_goes_by_what_there_is_and_shows_the_name():
    web = "\nweb: {field: namn, is: ja, date: dag}\n"
    assert [key for _, key in found(files(registers__ideer=REGISTER_TEXT.rstrip() + web))] == [
        "pack.web-title-not-public", "pack.field-of-another-kind",
    ]  # fmt: skip


def test_an_outcome_that_may_come_of_a_number_is_left_alone():
    by_number = GUIDE_TEXT.replace("kind: text", "kind: number").replace(
        "{equals: {field: behov, to: pengar}}", "{any: [{filled: behov}, {more: {field: varfor, than: 3}}]}"
    )

    assert a_pack(files(guides__trappan=by_number))


def test_the_whole_sentence_says_where_what_and_what_was_meant():
    result = refused(with_change(FIRST, "question: natverk", "question: natverken"))

    assert said(result, "en") == [
        'steps/01-forsta.yaml:19  No question has the id "natverken". Did you mean "natverk"?'
    ]
    assert said(result, "sv") == [
        'steps/01-forsta.yaml:19  Ingen fråga har id:t "natverken". Menade du "natverk"?'
    ]
    assert result.problems[0].field == "questions[2].when.equals.question"


def test_a_misspelt_key_gets_the_key_that_was_meant():
    [sentence] = said(refused(with_change(FIRST, "form: talk", "form: talk\nmedai: []")))

    assert sentence == 'steps/01-forsta.yaml:4  "medai" does not belong here. Did you mean "media"?'


def test_a_misspelt_key_that_is_needed_is_told_once():
    [sentence] = said(refused(with_change("pack.yaml", "title: {sv: Prov", "tilte: {sv: Prov")))

    assert sentence == 'pack.yaml:5  "tilte" does not belong here. Did you mean "title"?'


def test_what_is_missing_is_told_with_what_may_stand_there():
    whole = with_change(FIRST, "form: talk\n", "")

    [form] = said(refused(whole))

    assert form.endswith(
        '"form" is missing. Add a line, such as "form: talk". You can write: talk, preparation, workshop, practice.'
    )


def test_a_list_whose_parts_have_problems_is_not_said_to_be_short():
    [sentence] = said(refused(with_change(DOCUMENT, "- title: {sv: Idéer", "- tilte: {sv: Idéer")))

    assert sentence == 'documents/rapport.yaml:4  "tilte" does not belong here. Did you mean "title"?'


def test_each_example_of_what_may_stand_somewhere_would_be_taken():
    for pattern, example in EXAMPLES.items():
        if isinstance(pattern, str):
            assert re.match(pattern, example)
        else:
            assert TypeAdapter(pattern).validate_python(example) is not None
    assert set(PATTERNS) - set(EXAMPLES) == {r"^[a-z]{2}$"}  # languages are a list's


def test_a_name_where_there_is_nothing_to_name_says_to_add_it_first():
    [sentence] = said(refused(with_change("coverage.yaml", "question:natverk", "nudge:paminn")))

    assert sentence.endswith(Phrasebook.load().text("pack.nothing-known", "en"))


def test_a_name_that_is_close_to_nothing_gets_the_names_there_are():
    [sentence] = said(refused(with_change("pack.yaml", "leader: ledare", "leader: xyz")))

    assert sentence.endswith("You can write: ledare.")


def test_all_problems_come_at_once_by_file_and_line():
    changed = {
        **files(),
        FIRST: with_change(FIRST, "to: ja", "to: japp")[FIRST].replace(
            b"{answered: natverk}", b"{answered: natverkt}"
        ),
        WALKTHROUGH: WALK.replace("who: Ada", "who: Eva").encode(),
    }

    assert found(changed) == [
        ("steps/01-forsta.yaml:19", "pack.unknown-option"),
        ("steps/01-forsta.yaml:23", "pack.unknown-question"),
        ("walkthroughs/kort.yaml:10", "pack.unknown-person"),
    ]


def test_several_files_may_be_broken_at_once():
    places = [place for place, _ in found(files(pack="id: [", steps__x="- a\n", tracks__mal="id: mal\n"))]

    assert {place.split(":")[0] for place in places} == {"pack.yaml", "steps/x.yaml", "tracks/mal.yaml"}


def test_very_many_problems_are_cut_and_counted():
    rows = "".join(f"  - {{row: S0-{i}, item: 'question:x{i}'}}\n" for i in range(MOST + 50))

    result = refused(files(coverage=f"document: d\nrows:\n{rows}"))

    assert len(result.problems) == MOST + 1
    assert "50" in result.problems[-1].what("en")


def test_what_an_author_wrote_is_shown_short_and_never_as_markup():
    result = refused(with_change("pack.yaml", "leader: ledare", "leader: '*{name}* ett ord'"))

    [problem] = result.problems
    assert '"*{name}* ett ord"' in problem.what("sv")


def test_every_pattern_of_the_schema_has_its_own_words():
    assert set(_patterns(pack_schema())) == set(PATTERNS)


def _patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for name, value in schema.items():
            if name == "patternProperties":
                yield from value
            yield from _patterns(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _patterns(item)


def test_every_sentence_of_the_schemas_own_validators_has_its_words():
    for path in Path("content/schema").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                [sentence] = [arg.value for arg in node.exc.args if isinstance(arg, ast.Constant)]
                assert sentence in SENTENCES or _ONE_OF.match(str(sentence)), sentence


# Ids that give a name, or are looked at elsewhere than in the table of names.
NOT_IN_THE_TABLE = {
    "id", "uses", "steps", "tracks", "extends", "title_field", "columns", "sort_by", "by", "field", "filled", "to",
    "rest", "from_", "fields", "date", "owner", "option", "was", "dated", "state", "is_", "unit", "in_",
    "prolongs", "revised", "adopted_by", "under", "root", "exercises", "time", "place", "step",
    "organisation", "everybody", "summary", "counts", "done", "first", "last", "results", "part_of", "aims", "every",
    "method", "its_exercise", "queue_kind", "of", "said", "set_field", "reason",
}  # fmt: skip


def test_every_field_that_holds_an_id_is_looked_up():
    known = {(model, name) for model, name in NAMES}
    for model in _models() - {DecisionFields, GuideNote}:  # its fields are the register's own
        for name, field in model.model_fields.items():
            if _holds_an_id(field.annotation, field.metadata) and name not in NOT_IN_THE_TABLE:
                assert any((base, name) in known for base in model.__mro__), f"{model.__name__}.{name}"


def _models() -> set[type[BaseModel]]:
    seen: set[Any] = set()

    def visit(schema: Any) -> None:
        if isinstance(schema, type) and issubclass(schema, BaseModel) and schema not in seen:
            seen.add(schema)
            for field in schema.model_fields.values():
                visit(field.annotation)
        for inner in get_args(schema):
            visit(inner)

    for model in MODELS.values():
        visit(model)
    return seen


def _holds_an_id(annotation: Any, metadata: list[Any]) -> bool:
    [constraint] = get_args(Id)[1:]
    if annotation is str:
        return constraint in metadata or any(
            getattr(m, "pattern", "") == constraint.pattern for m in metadata
        )
    return annotation == Id or any(
        _holds_an_id(inner, []) for inner in get_args(annotation) if get_origin(annotation)
    )


def test_the_good_pack_of_these_tests_has_every_kind_of_file_but_nudges():
    assert {name.split("/")[0].removesuffix(".yaml") for name in GOOD} == set(MODELS) - {"nudges"}
