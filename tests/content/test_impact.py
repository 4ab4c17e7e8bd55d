"""What a pack says of efforts fits its registers, and the answers that tell of them are open to the whole group."""

import pytest

from tests.content.builders import GOOD, a_pack, files, found

REGISTER = GOOD["registers/ideer.yaml"]
EFFORT = "effort:\n  counts: [ny]\n  last: dag\n  results: [namn]\n"


def with_register(text: str) -> dict[str, bytes]:
    return files(registers__ideer=f"{REGISTER.rstrip()}\n{text}")


def with_impact(text: str) -> dict[str, bytes]:
    return files(pack=f"{GOOD['pack.yaml'].rstrip()}\nimpact:\n  {text}\n")


def test_efforts_and_aims_are_a_part_of_the_pack():
    pack = a_pack(with_register(f"{EFFORT}aims: [ny]\n"))

    assert pack.registers["ideer"].effort is not None
    assert pack.registers["ideer"].aims == ("ny",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("effort:\n  counts: [borta]\n", "pack.unknown-state"),
        ("effort:\n  done: [borta]\n", "pack.unknown-state"),
        ("aims: [borta]\n", "pack.unknown-state"),
        ("effort:\n  last: namn\n", "pack.field-of-another-kind"),
        ("effort:\n  first: aldrig\n", "pack.unknown-field"),
        ("effort:\n  results: [dag]\n", "pack.field-of-another-kind"),
        ("effort:\n  part-of: namn\n", "pack.field-of-another-kind"),
        ("effort:\n  chosen: {answered: natverk}\n", "pack.criterion-reads-question"),
    ],
)
def test_what_is_said_of_efforts_is_about_the_register(text: str, key: str):
    assert [one for _, one in found(with_register(text))] == [key]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("wanted: [natverk]", "pack.impact-wanted"),
        ("tried: [{question: antal}]", "pack.impact-tried"),
        ("results: [{question: antal}]", "pack.impact-results"),
        ("results: [{question: borta}]", "pack.unknown-question"),
    ],
)
def test_the_answers_that_tell_of_impact_are_of_the_right_kind(text: str, key: str):
    assert [one for _, one in found(with_impact(text))] == [key]


def test_an_answer_that_not_everybody_may_read_tells_nothing():
    step = GOOD["steps/01-forsta.yaml"].replace("    kind: number\n", "    kind: text\n    who: each\n", 1)
    pack = f"{GOOD['pack.yaml'].rstrip()}\nimpact:\n  results: [{{question: antal}}]\n"

    assert [one for _, one in found(files(pack=pack, steps__01_forsta=step))] == ["pack.impact-not-open"]


def test_the_value_that_stands_for_all_is_one_of_them():
    pack = GOOD["pack.yaml"].replace("  - id: omraden\n", "  - id: omraden\n    every: alla\n")

    assert [one for _, one in found(files(pack=pack))] == ["pack.unknown-option"]
