"""Draws the pictures: `python -m tools.pictures PACKAGES` with npm's packages in that folder, and Chromium on the path."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from bot.png import with_description
from tools.pictures.cards import drawing, library
from tools.pictures.scenes import Picture, as_data, pictures

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDE = {"message": 680, "modal": 522, "home": 680, "card": 720, "dialog": 602}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2",
         "--disable-background-networking", "--no-first-run")  # fmt: skip


def main(packages: str) -> int:
    browser = next((found for name in BROWSERS if (found := which(name))), None)
    node = which("node")
    if browser is None or node is None:
        print(
            "The pictures need node and Chromium (on Debian: apt install nodejs npm chromium).",
            file=sys.stderr,
        )
        return 1
    every = pictures()
    drawn = [one for one in every if not one.png]
    FOLDER.mkdir(exist_ok=True)
    for one in every:
        if one.png:
            (FOLDER / f"{one.name}.png").write_bytes(one.png)
    with TemporaryDirectory() as folder:
        data = Path(folder, "pictures.json")
        data.write_text(json.dumps([as_data(one) for one in drawn if not one.card]), encoding="utf-8")
        _run((node, str(HERE / "draw.mjs"), str(data), folder, packages))
        draws = library(Path(packages))
        for picture in drawn:
            if picture.card:
                Path(folder, f"{picture.name}.html").write_text(drawing(picture, draws), encoding="utf-8")
        for picture in drawn:
            _photograph(browser, Path(folder), picture)
    (FOLDER / "README.md").write_text(page(every), encoding="utf-8")
    return 0


def page(drawn: Sequence[Picture]) -> str:
    """Return the page that shows the pictures, each with what it tells."""
    parts = [
        "# The coach in pictures",
        "EU-coachmetoden as its walkthrough goes, in Swedish. `make pictures` draws them anew.",
    ]
    for title in dict.fromkeys(one.where for one in drawn):
        parts += [f"## {title}", *(f"![{one.alt}]({one.name}.png)" for one in drawn if one.where == title)]
    return "\n\n".join(parts) + "\n"


def _photograph(browser: str, folder: Path, picture: Picture) -> None:
    """Look once to see how high the page is, and once to take the picture."""
    url = (folder / f"{picture.name}.html").as_uri()
    wide = WIDE[picture.kind]
    profile = f"--user-data-dir={folder / 'profile'}"
    seen = _run((browser, *QUIET, profile, f"--window-size={wide},2000", "--dump-dom", url))
    found = re.search(r"<title>(\d+)</title>", seen)
    if found is None:
        raise RuntimeError(f"{picture.name}: the browser didn't tell how high it is")
    high = int(found[1])
    to = FOLDER / f"{picture.name}.png"
    _run((browser, *QUIET, profile, f"--window-size={wide},{high}", f"--screenshot={to}", url))
    to.write_bytes(with_description(to.read_bytes(), picture.says))
    print(f"{to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to}  {wide} x {high}")


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(  # noqa: S603 - node and the browser, as they were found on the path
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "TZ": "Europe/Stockholm"},
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
