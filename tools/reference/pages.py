"""The pages of docs/reference/ that are told by data, as they are and as they should be."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from dialogs.reports.export_shape import export_schema
from tools.reference.command_line import cli_page
from tools.reference.pack_format import pack_page
from tools.reference.words import words_page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


MARK = "<!-- What follows is written by `python -m tools.reference`. -->"


PAGES: Mapping[str, Callable[[], str]] = {
    "words.md": words_page, "cli.md": cli_page, "pack-format.md": pack_page,
}  # fmt: skip


EXPORT = "export.schema.json"  # all of it is told by data


def up_to_date(folder: Path = FOLDER) -> dict[str, tuple[str, str]]:
    """Return for each page its text as it is and as it should be."""
    pages = {}
    for name, page in PAGES.items():
        text = (folder / name).read_text(encoding="utf-8")
        by_hand, mark, _ = text.partition(MARK)
        if not mark:
            raise ValueError(
                f"docs/reference/{name} has lost the line {MARK!r}. Put it back where the rest is to stand."
            )
        pages[name] = (text, f"{by_hand}{MARK}\n\n{page()}\n")
    schema = folder / EXPORT
    there = schema.read_text(encoding="utf-8") if schema.exists() else ""
    pages[EXPORT] = (there, json.dumps(export_schema(), ensure_ascii=False, indent=2) + "\n")
    return pages


def main(arguments: list[str]) -> int:
    stale = [name for name, (there, should) in up_to_date().items() if there != should]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/reference/{name} is out of date. Write it anew with: python -m tools.reference")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(up_to_date()[name][1], encoding="utf-8")
        print(f"docs/reference/{name} is written.")
    return 0
