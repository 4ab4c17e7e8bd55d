"""The guide's page of each walkthrough is what the program says today."""

import pytest

from tools.walkthrough_pages import FOLDER, page, walkthroughs

ALL = {walkthrough.id: (loaded, walkthrough) for loaded, walkthrough in walkthroughs()}


@pytest.mark.parametrize("id", ALL)
def test_the_page_is_what_is_said_today(id, tmp_path):
    there = (FOLDER / f"{id}.md").read_text(encoding="utf-8")

    assert there == page(*ALL[id], tmp_path), "Write it anew with: python -m tools.walkthrough_pages"


def test_there_is_a_page_for_each_walkthrough_and_no_other():
    assert {file.stem for file in FOLDER.glob("*.md")} == set(ALL)
