"""Keeps the program's own packs as they are compiled today, for the test that later ones can take their place.

`python -m tools.released_packs` writes those versions that aren't kept yet. Run it when a version goes out: somebody may
have it in their database from then on.
"""

import gzip
from pathlib import Path

from bot.packs.on_disk import built_in_packs
from content.loader import Loaded, load_all
from storage.mapping import pack_text

FOLDER = Path(__file__).parents[1] / "tests" / "content" / "released"


def main() -> None:
    for result in load_all(built_in_packs()).values():
        if isinstance(result, Loaded):
            file = FOLDER / f"{result.pack.id}-{result.pack.version}.json.gz"
            if not file.exists():
                file.write_bytes(gzip.compress(pack_text(result.pack).encode(), mtime=0))
                print(f"{file.name} is kept.")


if __name__ == "__main__":
    main()
