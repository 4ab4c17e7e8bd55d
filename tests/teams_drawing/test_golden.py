"""Each kind of block as it is drawn, kept as JSON. `python -m tests.teams_drawing.golden` writes the files anew."""

import json

import pytest

from tests.teams_drawing.golden import FOLDER, drawings

DRAWINGS = drawings()


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_is_drawn_as_it_was(name):
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))

    assert DRAWINGS[name] == kept, "If it is better now: python -m tests.teams_drawing.golden"


def test_there_is_a_file_for_each_drawing_and_no_other():
    assert {file.stem for file in FOLDER.glob("*.json")} == set(DRAWINGS)
