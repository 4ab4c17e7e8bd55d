"""Writes the golden files anew. Read what has changed before it is kept."""

import json

from tests.teams_drawing.golden import FOLDER, drawings

if __name__ == "__main__":
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, drawing in drawings().items():
        written = json.dumps(drawing, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(written + "\n", encoding="utf-8")
