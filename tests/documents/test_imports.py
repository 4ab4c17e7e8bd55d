"""Nobody loads what makes Word files and PDFs but the process that makes one."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e

HEAVY = {"docx", "typst", "lxml"}
LOADED = "import sys, bot.cli, bot.chat, bot.serve, bot.wiring, bot.made_files, bot.usecases.commands; print(*sys.modules)"


def test_what_serves_and_talks_loads_neither():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED], capture_output=True, text=True, check=True, timeout=60
    )

    assert "bot.documents.making" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())
