"""Writes a page for each walkthrough of the built-in packs: the conversation as the terminal shows it.

`python -m tools.walkthrough_pages` writes docs/walkthroughs; a test sees to it that the pages are those of today.
"""

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.walk import Transcript
from bot.packs.on_disk import built_in_packs
from bot.terminal.screen import PlainScreen
from bot.walking import Onlookers, Walker
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough

FOLDER = Path(__file__).parents[1] / "docs" / "walkthroughs"


def walkthroughs() -> Iterator[tuple[Loaded, Walkthrough]]:
    """Yield each walkthrough of the built-in packs, with its pack."""
    for loaded in load_all(built_in_packs()).values():
        if isinstance(loaded, Loaded):
            yield from ((loaded, one) for one in loaded.walkthroughs)


def page(loaded: Loaded, walkthrough: Walkthrough, folder: Path) -> str:
    """Play the walkthrough in *folder*, which is thrown away, and return its page."""
    walker = Walker(loaded, folder)
    walker.prepare()
    paper = Page(loaded.pack.id, walkthrough)
    with walker.played(walkthrough, paper.onlookers()):
        pass
    return paper.text()


class Page:
    """Looks on while a walkthrough is played, and is its page afterwards."""

    def __init__(self, pack: str, walkthrough: Walkthrough) -> None:
        self._pack, self._walkthrough = pack, walkthrough
        self._paper = StringIO()

    def onlookers(self) -> Onlookers:
        view = Transcript(self._walkthrough.language, PlainScreen(self._paper))
        view.names = {actor.name.casefold(): actor.name for actor in self._walkthrough.people.values()}
        return view.onlookers()

    def text(self) -> str:
        walkthrough, said = self._walkthrough, self._walkthrough.language
        return "\n".join(
            (
                f"# {walkthrough.title.said_in(said)}",
                "",
                " ".join(walkthrough.what.said_in(said).split()),
                "",
                f"`metodcoach pack walk {self._pack} {walkthrough.id}` plays it.",
                "",
                "```text",
                self._paper.getvalue().strip("\n"),
                "```",
                "",
            )
        )


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for loaded, walkthrough in walkthroughs():
        with TemporaryDirectory(prefix="metodcoach-page-") as folder:
            text = page(loaded, walkthrough, Path(folder))
        (FOLDER / f"{walkthrough.id}.md").write_text(text, encoding="utf-8")
        print(f"docs/walkthroughs/{walkthrough.id}.md is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
