"""Measures how long `metodcoach chat` takes to its first prompt, and that it imports nothing that it doesn't use.

The measure is what it costs to start Python with the libraries that hold the model and the store, in the same run.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from _figures import Figures

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = "import sqlalchemy, sqlmodel, pydantic"
IMPORTED = (
    "from bot.settled import begin; begin(); from bot.chat import chat; import bot.cli, bot.terminal.piped"
)
STARTED = "import sys; from bot.cli import main; sys.exit(main(['chat']))"
# Most of what lies above 1 is the values and the tables, the rest the command line: 2.3 and 2.6 measured.
IMPORT_AT_MOST = 3.0  # times the libraries alone
START_AT_MOST = 3.0
PAIRS = 9

# Doors, clocks and tools that a conversation in a terminal has no use for.
UNUSED = (
    "aiohttp", "alembic", "apscheduler", "babel", "botbuilder", "dateutil.rrule", "docx", "holidays", "lxml", "openpyxl", "prompt_toolkit",
    "rich.console", "ruamel", "slack_bolt", "slack_sdk", "snowballstemmer", "typst",
)  # fmt: skip
LISTED = "import sys, json; from bot.cli import main; main(['chat']); print(json.dumps(sorted(sys.modules)))"


def run(code: str, environment: dict[str, str]) -> str:
    asked = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(
        asked, env=environment, cwd=ROOT, input="", capture_output=True, text=True, check=True
    )
    return done.stdout


def milliseconds(code: str, environment: dict[str, str]) -> float:
    began = perf_counter()
    run(code, environment)
    return (perf_counter() - began) * 1000


def main() -> int:
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "METODCOACH_DATABASE_URL": f"sqlite:///{folder}/coach.db",
        }  # fmt: skip
        run(STARTED, environment)  # makes the database and installs the packs
        taken: dict[str, list[float]] = {code: [] for code in (LIBRARIES, IMPORTED, STARTED)}
        for _ in range(PAIRS):
            for code, times in taken.items():
                times.append(milliseconds(code, environment))
        libraries, imported, started = (median(times) for times in taken.values())
        figures.said("libraries", libraries, "ms")
        figures.said("chat imported", imported, "ms")
        figures.said("chat started", started, "ms")
        figures.told("chat_import", imported / libraries, IMPORT_AT_MOST)
        figures.told("chat_start", started / libraries, START_AT_MOST)
        loaded = set(json.loads(run(LISTED, environment).splitlines()[-1]))
        unused = [name for name in UNUSED if name in loaded]
        figures.told("chat_imports_without_use", len(unused), 0)
        for name in unused:
            print(f"  imported and not used: {name}")
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
