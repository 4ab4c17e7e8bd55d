"""Reads cards with what npm has: the parser that Teams' own is made from, and the types that Teams' SDK is made from."""

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("METODCOACH_NPM", Path(__file__).parents[3] / ".venv/npm"))
PATIENCE = 240  # seconds

PARSER = """
const fs = require("fs");
const cards = require("adaptivecards/dist/adaptivecards.js");
const found = JSON.parse(fs.readFileSync(0, "utf8")).map((json) => {
    const card = new cards.AdaptiveCard();
    const context = new cards.SerializationContext(cards.Versions.v1_5);
    const said = [];
    try {
        card.parse(json, context);
    } catch (error) {
        return [error.message];
    }
    for (let n = 0; n < context.eventCount; n++) said.push(context.getEventAt(n).message);
    for (const one of card.validateProperties().validationEvents) said.push(one.message);
    return said;
});
process.stdout.write(JSON.stringify(found));
"""


@cache
def _there() -> bool:
    names = ("adaptivecards", "@microsoft/teams.cards", "typescript")
    there = all((FOLDER / "node_modules" / name / "package.json").is_file() for name in names)
    if not there and os.environ.get("NPM_REQUIRED"):
        pytest.fail(f"npm's packages are not in {FOLDER}: make npm")
    return there


def need() -> None:
    """Leave a test out where npm's packages aren't there."""
    if not _there():
        pytest.skip("npm's packages aren't there: make npm")


def parsed(cards: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return for each card what the parser finds wrong with it."""
    done = subprocess.run(
        ["node", "-e", PARSER], input=json.dumps(cards), capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, "NODE_PATH": str(FOLDER / "node_modules")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def typed(cards: Sequence[Mapping[str, Any]], folder: Path) -> dict[int, str]:
    """Return by place which cards aren't of the SDK's types, and why. *folder* is one to write in."""
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(FOLDER / "node_modules")
    lines = ['import type { IAdaptiveCard } from "@microsoft/teams.cards";']
    lines += [
        f"export const c{place}: IAdaptiveCard = {json.dumps(card)};" for place, card in enumerate(cards)
    ]
    (folder / "cards.ts").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        ["node", str(modules / "typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck",
         "--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2022", "cards.ts"],
        cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    found: dict[int, str] = {}
    for line in done.stdout.splitlines():
        if match := re.match(r"cards\.ts\((\d+),\d+\): (error .*)", line):
            found.setdefault(int(match[1]) - 2, match[2])
    assert (done.returncode == 0) == (not found), done.stdout[:2000] + done.stderr
    return found
