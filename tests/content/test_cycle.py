"""A cycle: a good one loads whole, and each slip in it is told at its line with what to write instead."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import get_args

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from content.checks import check_upgrade
from content.json_schema import pack_schema
from content.loader import Loaded, load
from content.pack import Pack
from content.recurrence import shortest_gap, slip_in
from content.schema.cycle import When
from tests.content.builders import (
    CYCLE,
    GOOD,
    MANIFEST,
    TRACK,
    a_pack,
    files,
    found,
    in_bytes,
    refused,
    said,
    with_change,
)
from tests.content.test_problems import JARGON

FILE, SECOND, REGISTER = "cycle.yaml", "steps/02-andra.yaml", "registers/ideer.yaml"
RULE = "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"
NO_STEPS = MANIFEST.partition("entries:")[0]
ASKING = "kind: text\n        ask: {sv: x, en: x}\n        why: {sv: x, en: x}"


COUNTED = """\
coverage:
  - {{id: raknat, title: {{sv: Räknat, en: Counted}}, {units},
    what: {{{what}}},
    {more}}}
"""


def rule(new: str, key: str) -> tuple[str, str, str, int, str]:
    return FILE, RULE, new, 20, key


# file, what stands there, what the author wrote instead, the line, the problem
SLIPS = [
    # the shape of the file
    (FILE, "    do: {sv: Fira, en: Celebrate}\n", "", 16, "missing-text"),
    (FILE, "do: {sv: Fira, en: Celebrate}", "do: {sv: Fira}", 19, "language-missing"),
    (FILE, "kind: meeting-in", "kind: meeting", 7, "unknown-kind"),
    (FILE, "kind: meeting-in, ", "", 7, "kind-missing"),
    (FILE, "when: {kind: meeting-in, body: organ, month: 11}", "when: november", 7, "not-a-mapping"),
    (FILE, "month: 11", "month: 13", 7, "too-much"),
    (FILE, "month: 11", "month: november", 7, "not-a-number"),
    (FILE, "month: 11", "month: 11, day: 3", 7, "unknown-key"),
    (FILE, "{weeks: 3}", "{months: 1, weeks: 3}", 8, "exactly-one"),
    (FILE, "{weeks: 3}", "{days: 3}", 8, "unknown-key"),
    (FILE, "date: {question: borjan}", "date: {question: borjan, register: ideer, field: dag}", 40, "exactly-one"),
    (FILE, "date: {register: ideer, field: dag}}", "date: {register: ideer}}", 34, "register-with-field"),
    (FILE, "date: {question: borjan}", "date: {question: borjan, field: dag}", 40, "register-with-field"),
    (FILE, "date: {question: borjan}", "date: {question: borjan, where: {answered: malbild}}", 40, "where-without-register"),
    (FILE, "last: 05-31", "last: 31 maj", 48, "bad-month-day"),
    (FILE, "last: 05-31", "last: 04-31", 48, "bad-month-day"),
    (FILE, "of: board", "of: nämnd", 72, "not-one-of"),
    (FILE, CYCLE, "checkpoints: []\n", 1, "too-few"),
    # what names what
    (FILE, "who: ledare", "who: ledaren", 6, "unknown-role"),
    (FILE, "document: rapport", "document: raport", 15, "unknown-document"),
    (FILE, "body: organ", "body: organet", 7, "unknown-question"),
    (FILE, "rhythm: takt", "rhythm: takten", 56, "unknown-question"),
    (FILE, "changed-by: borjan", "changed-by: borja", 72, "unknown-question"),
    (FILE, "date: {question: borjan}", "date: {question: borja}", 40, "unknown-question"),
    (FILE, "{register: ideer, field: dag}}", "{register: idee, field: dag}}", 34, "unknown-register"),
    (FILE, "{register: ideer, field: dag}}", "{register: ideer, field: dagen}}", 34, "unknown-field"),
    (FILE, "to: ny", "to: nyast", 29, "unknown-state"),
    (FILE, "until: {answered: malbild}", "until: {answered: mal-bild}", 67, "unknown-question"),
    (FILE, "done: {filled: dag}", "done: {filled: dagen}", 35, "unknown-field"),
    (FILE, "until: {answered: malbild}", "until: {filled: dag}", 67, "no-record"),
    (FILE, "option: manad", "option: manaden", 57, "unknown-option"),
    (FILE, "option: kvartal", "option: manad", 57, "listed-twice"),
    (FILE, ", {option: kvartal, offset: {months: 3}}", "", 57, "no-pace"),
    (SECOND, "again: uppfoljning", "again: uppfoljningen", 32, "unknown-checkpoint"),
    (FILE, "id: arsdag", "id: arsplan", 16, "id-twice"),
    (FILE, "{id: vinter,", "{id: var,", 49, "id-twice"),
    (FILE, "id: mal-i-ar", "id: malbild", 10, "id-twice"),
    (SECOND, "id: lage", "id: mal-i-ar", 10, "id-twice"),
    # what can't be
    (FILE, "{register: ideer, field: dag}}", "{register: ideer, field: namn}}", 34, "field-of-another-kind"),
    (FILE, "owner: vem", "owner: namn", 25, "field-of-another-kind"),
    (FILE, "owner: vem", "owner: vems", 25, "unknown-field"),
    (FILE, "who: ledare", "owner: vem", 6, "owner-without-register"),
    (FILE, "body: organ, month", "body: borjan, month", 7, "no-body-in"),
    (FILE, "rhythm: takt", "rhythm: malbild", 56, "no-rhythm-in"),
    (FILE, "changed-by: borjan", "changed-by: antal", 72, "no-day-in"),
    (FILE, "date: {question: borjan}", "date: {question: malbild}", 40, "no-day-in"),
    (SECOND, "    kind: date\n", "    kind: date\n    past: false\n    without-year: latest\n", 20, "past-not-taken"),
    (SECOND, "    kind: date\n", "    kind: date\n    who: each\n", 40, "not-answered-once"),
    (SECOND, "    kind: body\n", "    kind: body\n    for-each: {units: all}\n", 7, "not-answered-once"),
    (SECOND, "    kind: choice\n", "    kind: choice\n    who: each-unit\n", 56, "not-answered-once"),
    (SECOND, "    kind: date\n", "    kind: date\n    visibility: leader-and-coach\n", 40, "hidden-answer"),
    (FILE, "offset: {months: 6}", "offset: {months: -6}", 40, "not-forward"),
    (FILE, "offset: {months: 6}", "offset: {weeks: 0}", 40, "not-forward"),
    (FILE, "offset: {months: 1}", "offset: {working-days: 4}", 57, "too-often"),
    (FILE, "every: {weeks: 4}", "every: {weeks: 0}", 66, "too-often"),
    (FILE, "first: 11-01", "first: 05-31", 49, "windows-overlap"),
    (FILE, "last: 01-31", "last: 02-01", 49, "windows-overlap"),
    (FILE, "{weeks: 3}", "{months: 3}", 8, "ahead-order"),
    (FILE, "{weeks: 3}", "{months: 2}", 8, "ahead-order"),
    (FILE, "{working-days: 5}", "{working-days: 0}", 8, "ahead-not-before"),
    (FILE, "{working-days: 5}", "{weeks: -1}", 8, "ahead-not-before"),
    (FILE, "{months: 2}", "{months: 13}", 8, "ahead-too-far"),
    (FILE, "{months: 2}", "{months: 11}", 8, "ahead-overlaps"),
    (FILE, "every: {weeks: 4}\n      until: {answered: malbild}", "every: {weeks: 4}\n      until: {answered: malbild}\n    ahead: [{weeks: 4}]", 68, "ahead-overlaps"),
    (FILE, f'{RULE}"}}', 'FREQ=MONTHLY;BYMONTHDAY=1"}\n    ahead: [{months: 1}]', 21, "ahead-overlaps"),
    (FILE, "why: {sv: Därför, en: Because}\n    document", "why: {sv: Därför, en: Because}\n        again: arsdag\n    document", 15, "again-in-cycle"),
    (FILE, "why: {sv: Därför, en: Because}\n    document", "why: {sv: Därför, en: Because}\n        when: {answered: mal-i-ar}\n    document", 15, "asks-itself"),
    ("tracks/mal.yaml", TRACK, f"{TRACK}gate-questions:\n  - id: slut\n    kind: text\n    ask: {{sv: x, en: y}}\n    why: {{sv: x, en: y}}\n    again: arsdag\n", 17, "again-at-gate"),
    (FILE, "    done: {filled: dag}\n", f"    questions:\n      - id: om-var\n        for-each: {{units: all}}\n        {ASKING}\n", 36, "each-at-a-record"),
    (SECOND, "    again: uppfoljning", "    again: utvardering\n    who: each-unit", 32, "each-at-a-record"),
    ("coverage.yaml", "question:natverk", "checkpoint:natverk", 3, "unknown-checkpoint"),
    ("walkthroughs/kort.yaml", 'asks: ["1.2"]', 'asks: ["H2.1"]', 12, "unknown-number"),
    ("walkthroughs/kort.yaml", 'to: "1.1"', "to: H10", 10, "unknown-number"),
    # what is counted by the year
    *(
        (FILE, CYCLE, f"{CYCLE}{counted}", 72 + line, key)
        for counted, line, key in (
            (COUNTED.format(units="units: all", what="answer: mal-i-ar", more="times: 2, per: year"), 4, "times-too-many"),
            (COUNTED.format(units="units: all", what="answer: mal-i-ar", more="times: 2"), 4, "times-without-per"),
            (COUNTED.format(units="units: all", what="answer: malbild", more="per: year"), 3, "not-put-to-each"),
            (COUNTED.format(units="units: all", what="answer: lage", more="per: month"), 4, "not-one-of"),
            (COUNTED.format(units="units: all", what="answer: laget", more="per: year"), 3, "unknown-question"),
            (COUNTED.format(units="units: all", what="member: ledare", more="per: year"), 4, "per-of-members"),
            (COUNTED.format(units="members: ledare", what="register: ideer, by: vem", more="per: year"), 4, "per-without-date"),
            (COUNTED.format(units="members: ledare", what="register: ideer, by: vem, dated: namn", more="per: year"), 3, "field-of-another-kind"),
            (COUNTED.format(units="members: ledare", what="member: ledare, dated: dag", more="times: 1"), 3, "dated-without-register"),
            (COUNTED.format(units="members: ledare", what="member: ledare", more="ask: {sv: Hur, en: How}"), 4, "asks-no-audience"),
            (COUNTED.format(units="members: ledare", what="register: ideer, by: vem, said: vem", more="times: 1"), 3, "field-of-another-kind"),
        )
    ),
    # rules of RFC 5545
    rule("varje höst", "rrule-part"),
    rule("FREQ=YEARLY;;BYMONTHDAY=1", "rrule-part"),
    rule("RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", "rrule-part"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;BYMONTH=11", "rrule-twice"),
    rule("FREQ=YEARLY;BYMONTHS=10;BYMONTHDAY=1", "rrule-unknown"),
    rule("FREQ=YEARLY;BYEASTER=0", "rrule-unknown"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;BYHOUR=9", "rrule-time"),
    rule("BYMONTH=10;BYMONTHDAY=1", "rrule-no-freq"),
    rule("FREQ=YEARLI;BYMONTH=10;BYMONTHDAY=1", "rrule-freq"),
    *(rule(f"FREQ={often};BYMONTHDAY=1", "rrule-too-often") for often in ("SECONDLY", "MINUTELY", "HOURLY", "DAILY")),
    rule("FREQ=WEEKLY;BYDAY=MO,TH", "rrule-too-often"),
    rule("FREQ=MONTHLY;BYMONTHDAY=1,5", "rrule-too-often"),
    rule("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=0", "rrule-value"),
    rule("FREQ=YEARLY;INTERVAL=0;BYMONTH=10;BYMONTHDAY=1", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYDAY=1MÅ", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;WKST=1", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;COUNT=0", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;UNTIL=2030-12-31", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;UNTIL=20301331", "rrule-value"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;COUNT=3;UNTIL=20301231", "rrule-together"),
    rule("FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO", "rrule-together"),
    rule("FREQ=MONTHLY;BYYEARDAY=100", "rrule-together"),
    rule("FREQ=WEEKLY;BYMONTHDAY=1", "rrule-together"),
    rule("FREQ=WEEKLY;BYDAY=1MO", "rrule-together"),
    rule("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "rrule-together"),
    rule("FREQ=YEARLY;BYMONTH=12;BYDAY=6MO", "rrule-together"),
    rule("FREQ=MONTHLY;BYDAY=-6MO", "rrule-together"),
    rule("FREQ=YEARLY;BYMONTH=10", "rrule-no-day"),
    rule("FREQ=MONTHLY", "rrule-no-day"),
    rule("FREQ=WEEKLY;INTERVAL=2", "rrule-no-day"),
    rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rrule-never"),
    rule("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "rrule-never"),
    rule("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;UNTIL=20200101", "rrule-never"),
    rule("FREQ=MONTHLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=1", "rrule-never"),
    rule("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "rrule-never"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "line", "key"), SLIPS, ids=[f"{s[4]}-{s[3]}" for s in SLIPS])
def test_a_slip_in_the_cycle_is_told_at_its_line_in_both_languages(
    name: str, old: str, new: str, line: int, key: str
):
    result = refused(with_change(name, old, new))

    told = [(problem.file, problem.line, problem.key) for problem in result.problems]
    assert (
        FILE if key in ("not-answered-once", "hidden-answer") else told[0][0],
        line,
        f"pack.{key}",
    ) in told
    for language in ("sv", "en"):
        for sentence in said(result, language):
            assert sentence.endswith((".", "?", "…"))
            assert not JARGON.search(sentence), sentence
    assert said(result, "sv") != said(result, "en")


def test_the_whole_sentence_says_what_to_write_instead():
    assert said(refused(with_change(FILE, "rhythm: takt", "rhythm: takten"))) == [
        'cycle.yaml:56  No question has the id "takten". Did you mean "takt"?'
    ]
    assert said(refused(with_change(FILE, "BYMONTH=10", "BYMONHT=10")), "sv") == [
        'cycle.yaml:20  En regel enligt RFC 5545 har inget som heter "BYMONHT". Menade du "BYMONTH"?'
    ]
    [problem] = refused(with_change(FILE, "{weeks: 3}", "{months: 3}")).problems
    assert problem.field == "checkpoints[1].ahead[2]"


# ------------------------------------------------------------------------------------------------ a good one


def test_a_cycle_with_every_kind_loads():
    pack = a_pack()

    assert [one.when.kind for one in pack.cycle] == [
        "meeting-in", "rrule", "next-meeting-after", "before-date", "after-date", "times-per-year", "every", "since",
        "term-start",
    ]  # fmt: skip
    assert {one.when.kind for one in pack.cycle} == _kinds()
    assert list(pack.checkpoint_of) == [one.id for one in pack.cycle]


def _kinds() -> set[str]:
    union, _ = get_args(When)
    return {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(union)}


def test_a_checkpoints_questions_are_numbered_after_it_and_stand_at_no_step():
    pack = a_pack()
    place = pack.places["mal-i-ar"]

    assert (place.number, place.step, place.checkpoint, place.at_every_gate) == ("H1.1", "", "arsplan", False)
    assert pack.by_number["H1.1"] is place
    assert all(place not in pack.places_in(step.id) for step in pack.steps)
    assert place not in pack.gate_places


def test_a_checkpoint_puts_its_own_questions_and_those_that_come_again():
    pack = a_pack()

    assert [place.question.id for place in pack.questions_at("arsplan")] == ["mal-i-ar"]
    assert [(place.number, place.step) for place in pack.questions_at("uppfoljning")] == [("2.5", "andra")]
    assert pack.questions_at("mandat") == ()


def test_what_a_checkpoint_goes_by_has_to_be_at_hand():
    pack = a_pack()

    assert pack.reads_at("ideplats").questions == {"organ"}
    assert pack.reads_at("ideplats").registers == {"ideer"}
    assert pack.reads_at("uppfoljning").questions == {"takt", "borjan"}
    assert pack.reads_at("avstamning").questions == {"borjan", "malbild"}
    assert pack.reads_at("mandat").questions == {"borjan"}
    assert pack.checkpoint_readers["organ"] == {"arsplan", "ideplats"}
    assert pack.checkpoint_register_readers["ideer"] == {"ideplats", "utvardering"}


def test_what_a_checkpoints_question_builds_on_is_known_as_for_any_other():
    text = CYCLE.replace(
        "who: each-unit\n", "when: {answered: malbild}\n        suggest-from: [{question: natverk}]\n"
    )

    pack = a_pack(files(cycle=text))

    assert pack.depends_on("malbild") == ("mal-i-ar",)
    assert "mal-i-ar" in pack.depends_on("natverk")
    assert pack.reads_at("arsplan").questions == {"organ", "malbild", "natverk"}


def test_a_question_of_a_records_checkpoint_may_look_at_the_record():
    asked = f"    questions:\n      - id: om-den\n        when: {{filled: vem}}\n        {ASKING}\n"

    assert a_pack(with_change(FILE, "    done: {filled: dag}\n", asked)).places["om-den"].number == "H4.1"


def test_a_pack_with_a_cycle_read_back_from_json_is_the_same_pack():
    pack = a_pack()
    back = Pack.model_validate_json(pack.model_dump_json())

    assert back == pack
    assert list(back.places) == list(pack.places)
    assert back.checkpoint_of["mandat"].when == pack.checkpoint_of["mandat"].when


def test_a_walkthrough_may_name_a_checkpoint_and_its_questions():
    a_pack(with_change("walkthroughs/kort.yaml", 'asks: ["1.2"]', 'asks: ["1.2", "H1.1", "H1.1.2", "H9"]'))


def test_a_pack_that_was_stored_before_there_were_cycles_has_none():
    stored = json.loads(a_pack().model_dump_json())
    del stored["cycle"]

    assert Pack.model_validate(stored).cycle == ()


def test_the_json_schema_speaks_the_authors_words_of_a_cycle():
    schema = pack_schema()

    assert schema["x-files"]["cycle.yaml"] == "#/$defs/CycleFile"
    assert "changed-by" in schema["$defs"]["TermStart"]["properties"]
    assert {"question", "register", "field", "where"} == set(schema["$defs"]["DateOf"]["properties"])
    assert set(schema["$defs"]["Checkpoint"]["properties"]["when"]["discriminator"]["mapping"]) == _kinds()


# ------------------------------------------------------------------------------------------------ without steps


def _without_steps(cycle: str, manifest: str = NO_STEPS) -> Mapping[str, bytes]:
    return in_bytes({"pack.yaml": manifest, "registers/ideer.yaml": GOOD[REGISTER], FILE: cycle})


ONE = """\
checkpoints:
  - id: arsdag
    title: {sv: Årsdag, en: Day of the year}
    why: {sv: Därför, en: Because}
    do: {sv: Fira, en: Celebrate}
    when: {kind: rrule, rrule: FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1}
    questions:
      - {id: organ, kind: body, ask: {sv: Vilken?, en: Which?}, why: {sv: x, en: x}}
"""
TWO = """\
  - id: namnden
    title: {sv: Nämnden, en: Committee}
    why: {sv: Därför, en: Because}
    do: {sv: Skriv, en: Write}
    when: {kind: meeting-in, body: organ, month: 11}
"""


def test_a_pack_may_have_a_cycle_and_no_steps_and_then_no_entries():
    pack = a_pack(_without_steps(ONE))

    assert (pack.steps, pack.manifest.entries) == ((), ())
    assert [place.number for place in pack.places.values()] == ["H1.1"]


def test_a_pack_with_neither_steps_nor_a_cycle_is_told():
    bare = in_bytes({"pack.yaml": NO_STEPS, "registers/ideer.yaml": GOOD[REGISTER]})

    assert found(bare) == [("pack.yaml:1", "pack.no-steps-no-cycle")]
    assert isinstance(load(bare | in_bytes({"pack.yaml": f"{NO_STEPS}method: false\n"})), Loaded)


def test_a_cycle_that_no_journey_can_begin_is_told():
    assert found(_without_steps(ONE, f"{NO_STEPS}method: false\n")) == [
        ("cycle.yaml:1", "pack.cycle-of-no-method")
    ]


def test_a_day_may_come_of_an_answer_at_another_checkpoint():
    assert a_pack(_without_steps(ONE + TWO)).reads_at("namnden").questions == {"organ"}


def test_a_day_that_comes_of_an_answer_at_the_checkpoint_itself_never_comes():
    alone = ONE.replace(
        "rrule, rrule: FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", "meeting-in, body: organ, month: 11"
    )

    assert found(_without_steps(alone)) == [("cycle.yaml:6", "pack.checkpoint-never")]
    assert found(_without_steps(alone + TWO)) == [
        ("cycle.yaml:6", "pack.checkpoint-never"), ("cycle.yaml:13", "pack.checkpoint-never"),
    ]  # fmt: skip


def test_a_checkpoint_without_steps_still_needs_a_step_that_it_names():
    assert found(_without_steps(ONE, MANIFEST.replace("steps: [forsta, andra]\ntracks: [mal]\n", ""))) == [
        ("pack.yaml:19", "pack.unknown-step")
    ]


# ------------------------------------------------------------------------------------------------ new versions


def _upgrade(old: str, new: str) -> list[tuple[str, str]]:
    changed = with_change(FILE, old, new)
    changed["pack.yaml"] = changed["pack.yaml"].replace(b"version: 1.0.0", b"version: 1.1.0")
    return [(problem.key, problem.field) for problem in check_upgrade(a_pack(), a_pack(changed))]


def test_new_words_and_days_of_a_checkpoint_are_fine():
    assert _upgrade("sv: Fira", "sv: Fira lagom") == []
    assert _upgrade("BYMONTHDAY=1", "BYMONTHDAY=2") == []


def test_a_checkpoint_that_should_not_come_any_more_is_ended_and_stays():
    assert (
        _upgrade(
            "    do: {sv: Fira, en: Celebrate}\n", "    do: {sv: Fira, en: Celebrate}\n    ended: true\n"
        )
        == []
    )


def test_a_checkpoint_window_or_question_that_vanished_is_told():
    assert _upgrade("id: arsdag", "id: fodelsedag") == [("pack.upgrade-checkpoint-gone", "checkpoint:arsdag")]
    assert _upgrade("{id: var,", "{id: varen,") == [("pack.upgrade-checkpoint-gone", "checkpoint:samtal=var")]
    assert _upgrade("id: mal-i-ar", "id: ars-mal") == [("pack.upgrade-question-gone", "question:mal-i-ar")]


def test_a_checkpoint_that_goes_by_something_else_is_told():
    assert _upgrade(f'{{kind: rrule, rrule: "{RULE}"}}', "{kind: term-start, of: board}") == [
        ("pack.upgrade-kind", "checkpoint:arsdag")
    ]
    assert _upgrade(
        "{kind: before-date, date: {register: ideer, field: dag}}\n    done: {filled: dag}",
        "{kind: before-date, date: {question: borjan}}",
    ) == [("pack.upgrade-kind", "checkpoint:utvardering")]


# ------------------------------------------------------------------------------------------------ rules


@pytest.mark.parametrize(("rule", "days"), [
    ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", 365),
    ("freq=yearly;bymonth=3,9;byday=1tu", 175),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", 28),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 87),
    ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=2;WKST=SU", 14),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 364),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 1461),
    ("FREQ=YEARLY;BYYEARDAY=100;COUNT=1", 365),
    ("FREQ=YEARLY;INTERVAL=4;BYMONTH=10;BYMONTHDAY=15;UNTIL=20271231", 1461),
])  # fmt: skip
def test_a_good_rule_loads_and_its_days_lie_apart(rule: str, days: int | None):
    assert a_pack(with_change(FILE, RULE, rule)).checkpoint_of["arsdag"].when
    assert shortest_gap(rule) == days


_DAYS = {
    "YEARLY": (
        "BYMONTH=2;BYMONTHDAY=29", "BYMONTH=3,9;BYMONTHDAY=-1", "BYDAY=1TU", "BYDAY=-1FR", "BYDAY=53MO", "BYDAY=MO",
        "BYMONTH=12;BYDAY=5SU", "BYYEARDAY=366", "BYYEARDAY=-366", "BYWEEKNO=53;BYDAY=MO", "BYWEEKNO=-1;BYDAY=SU",
        "BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYMONTHDAY=13;BYDAY=FR",
    ),
    "MONTHLY": ("BYMONTHDAY=31", "BYMONTHDAY=13", "BYMONTHDAY=-1", "BYDAY=1MO", "BYDAY=5SU", "BYDAY=MO;BYSETPOS=2",
                "BYMONTH=2;BYMONTHDAY=29", "BYMONTH=3,9;BYDAY=-1FR"),
    "WEEKLY": ("BYDAY=MO", "BYDAY=SU;WKST=SU", "BYDAY=WE;BYMONTH=3,9"),
}  # fmt: skip


@st.composite
def _rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(sorted(_DAYS)))
    interval = draw(st.sampled_from(("", ";INTERVAL=2", ";INTERVAL=5", ";INTERVAL=12", ";INTERVAL=99")))
    return f"FREQ={frequency};{draw(st.sampled_from(_DAYS[frequency]))}{interval}"


@given(
    _rules(),
    st.sampled_from(("", ";COUNT=3", ";UNTIL=20991231")),
    st.dates(date(2026, 1, 1), date(2032, 12, 31)),
)
def test_a_rule_without_a_slip_gives_days_from_whatever_day_the_group_begins(
    rule: str, end: str, begun: date
):
    slip = slip_in(rule + end)
    if slip is not None:
        assert slip.key == "pack.rrule-never"
        return

    days = list(islice(rrulestr(rule, dtstart=datetime.combine(begun, time())), 3))

    assert days
    assert all(after - before >= timedelta(days=7) for before, after in pairwise(days))


@given(st.text(alphabet="FREQYALMONTHWKBDI=;,-+0129 é²", max_size=60) | st.text(max_size=30))
def test_whatever_is_written_as_a_rule_is_told_and_never_breaks(text: str):
    slip = slip_in(text)

    assert slip is None or slip.key.startswith("pack.rrule-")
