"""A picture tells each state by its shape, in grey too; fits a phone and Teams; and holds whatever people write as text."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from bot.documents.chart import LANES, MOST_PIXELS, as_png, data_of
from bot.documents.making import Papers
from bot.png import SIGNATURE, description_of, size_of, with_description
from dialogs.reports.chart import Chart, Mark, State
from tests.documents.test_nasty_texts import FEW

pytestmark = pytest.mark.e2e

TODAY = date(2026, 11, 22)
STATES: tuple[State, ...] = ("done", "now", "late", "left", "ahead")
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def a_steps_chart(*marks: Mark, text: str = "Läget för gruppen") -> Chart:
    return Chart("steps", "sv", text, text, TODAY, marks, practice=text, tracks_title=text,
                 tracks=(Mark(text, text, "now", done=1, asked=4),), notes=(text,))  # fmt: skip


def a_plan_chart(*marks: Mark, text: str = "Planen") -> Chart:
    return Chart("plan", "sv", text, text, TODAY, marks, now=text, first=date(2026, 10, 1), last=date(2027, 4, 30),
                 months=MONTHS)  # fmt: skip


def a_year_chart(*marks: Mark, text: str = "Året") -> Chart:
    return Chart("year", "sv", text, text, TODAY, marks, now=text, first=date(2026, 1, 1), last=date(2026, 12, 31),
                 months=MONTHS)  # fmt: skip


def a_mark(state: State = "ahead", text: str = "Sak", **more: object) -> Mark:
    return Mark(
        **{"title": text, "told": text, "state": state, "number": "H1", "day": date(2026, 12, 20), **more}
    )  # type: ignore[arg-type]


CHARTS: dict[str, Callable[..., Chart]] = {"steps": a_steps_chart, "plan": a_plan_chart, "year": a_year_chart}


def drawn(chart: Chart) -> bytes:
    return as_png(data_of(chart), chart.told)


def greys(png: bytes) -> tuple[int, int, bytes]:
    """Return how wide and high it is, and how light each pixel, as somebody sees it who sees no colours."""
    wide, high = size_of(png)
    assert png[24:26] == b"\x08\x06"  # eight bits each of red, green, blue and cover
    packed, at = b"", len(SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, before, light = zlib.decompress(packed), bytes(wide * 4), bytearray()
    for row in range(high):
        begins = row * (wide * 4 + 1)
        line = bytearray(raw[begins + 1 : begins + 1 + wide * 4])
        before = bytes(_unfiltered(raw[begins], line, before))
        light += bytes(
            (299 * before[x] + 587 * before[x + 1] + 114 * before[x + 2]) // 1000
            for x in range(0, wide * 4, 4)
        )
    return wide, high, bytes(light)


def _unfiltered(kind: int, line: bytearray, above: bytes) -> bytearray:
    for x in range(len(line)):
        left, up, corner = (line[x - 4] if x > 3 else 0), above[x], (above[x - 4] if x > 3 else 0)
        near = min(
            (abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner)
        )
        line[x] = (line[x] + (0, left, up, (left + up) // 2, near[2])[kind]) & 255
    return line


def mark_of(state: State, kind: str) -> list[int]:
    """Return the pixels in which the first mark of a picture with this one mark stands."""
    chart = replace(CHARTS[kind](a_mark(state, number="")), practice="", tracks=(), tracks_title="", notes=())
    wide, _, light = greys(drawn(chart))
    return list(light[wide * 110 : wide * 250])


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ["steps", "plan"])
def test_in_grey_each_state_looks_different_though_the_words_are_the_same(kind: str):
    seen = {state: mark_of(state, kind) for state in STATES}

    for one, other in combinations(STATES, 2):
        unlike = sum(abs(a - b) > 100 for a, b in zip(seen[one], seen[other], strict=True))
        assert unlike > 150, (one, other, unlike)


def test_each_state_and_number_is_drawn_in_its_own_way_everywhere():
    for make in CHARTS.values():
        assert len({drawn(make(a_mark(state))) for state in STATES}) == len(STATES)


@pytest.mark.parametrize("kind", CHARTS)
def test_with_the_longest_names_it_still_fits_and_is_as_wide_as_a_phone(kind: str):
    title, most = "Kommunledningsförvaltningens arbete " * 2, 8 if kind == "plan" else 10
    told = "försenat sedan 2026-11-22, Kontaktpersonen på socialförvaltningen"
    marks = [
        a_mark("now", title, told=told, done=3, asked=9, day=TODAY + timedelta(days=n)) for n in range(most)
    ]

    wide, high = size_of(drawn(CHARTS[kind](*marks)))

    assert wide >= 360
    assert max(wide, high) <= MOST_PIXELS


@pytest.mark.parametrize("kind", CHARTS)
def test_it_takes_whatever_people_write_wherever_it_stands(kind: str):
    for n in range(0, len(FEW), 10):
        marks = [a_mark("late", text, number=text[:3]) for text in FEW[n : n + 10]]
        assert drawn(CHARTS[kind](*marks, text=FEW[n])).startswith(SIGNATURE)


def test_what_people_write_is_never_read_as_markup():
    plain = size_of(drawn(a_steps_chart(a_mark(text="x" * 24))))

    # were it read, the page would be another, or none at all
    assert size_of(drawn(a_steps_chart(a_mark(text="#set page(width: 20pt) x")))) == plain


@pytest.mark.e2e
def test_a_word_without_an_end_stays_in_the_picture():
    wide, _, light = greys(drawn(a_steps_chart(a_mark(text="x" * 89))))

    assert min(light[column] for column in range(wide - 12, len(light), wide)) > 200


def test_the_same_value_is_the_same_file_and_carries_its_alternative_text():
    chart = a_year_chart(a_mark())

    assert drawn(chart) == drawn(chart)
    assert description_of(drawn(chart)) == chart.told
    assert Papers().chart(chart) == drawn(chart)


def test_marks_of_the_same_days_stand_beside_each_other():
    placed = data_of(a_year_chart(*[a_mark() for _ in range(LANES + 2)]))["marks"]

    places = [(round(one["angle"]), one["lane"]) for one in placed]
    assert len(set(places)) == len(places)
    assert placed[0]["angle"] == pytest.approx(
        360 * (31 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 19) / 365
    )


@pytest.mark.parametrize(("day", "at", "beyond"), [
    (date(2026, 10, 1), 0.0, ""), (date(2020, 1, 1), 0.0, "before"), (date(2031, 1, 1), 1.0, "after"),
])  # fmt: skip
def test_what_lies_beyond_the_line_stands_at_its_end_and_is_told_apart(day: date, at: float, beyond: str):
    [mark] = data_of(a_plan_chart(a_mark(day=day)))["marks"]

    assert (mark["at"], mark["beyond"]) == (at, beyond)


@pytest.mark.parametrize("content", [b"", b"# text", SIGNATURE, SIGNATURE + b"\xff\xff\xff\xffIHDR"])
def test_what_is_no_picture_says_nothing(content: bytes):
    assert description_of(content) == ""


@pytest.mark.parametrize("text", ["", "Läget: 3 av 10", "\ud800", "\x00"])
def test_a_description_is_read_as_it_was_written(text: str):
    made = with_description(drawn(a_plan_chart()), text)

    assert description_of(made) == text.encode("utf-8", "replace").decode()
