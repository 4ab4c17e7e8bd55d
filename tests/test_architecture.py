"""The layers hold, each contract bites when it is broken, and our import names are ours alone."""

import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
OURS = ("bot", "dialogs", "content", "storage")


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of *folder*'s pyproject.toml over the packages that lie there."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_imports_keep_to_the_contracts():
    result = lint_imports(PROJECT)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def skeleton(tmp_path):
    """A project with our layers, our contracts and nothing else in it."""
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    for name in (
        "bot.cli",
        "bot.commands",
        "bot.wiring",
        "bot.slack",
        "bot.teams",
        "bot.terminal",
        "bot.usecases",
        "dialogs.flows",
        "dialogs.model",
        *OURS,
    ):
        package = tmp_path.joinpath(*name.split("."))
        package.mkdir(parents=True, exist_ok=True)
        for folder in (package, package.parent):
            if folder != tmp_path:
                (folder / "__init__.py").touch()
    (tmp_path / "dialogs/model/__init__.py").write_text("from dialogs import flows\n")
    return tmp_path


def test_a_skeleton_keeps_the_contracts(skeleton):
    result = lint_imports(skeleton)

    assert result.returncode == 0, result.stdout + result.stderr


def test_teams_door_may_know_its_sdk(skeleton):
    (skeleton / "bot/teams/adapter.py").write_text("import botbuilder.core\nimport msrest.exceptions\n")

    result = lint_imports(skeleton)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("contract", "package", "line"),
    [
        pytest.param("layers", "content", "import dialogs", id="content knows the dialogs"),
        pytest.param("layers", "bot/usecases", "import storage", id="a use case knows the store"),
        pytest.param("layers", "bot/terminal", "import storage", id="a door knows the store"),
        pytest.param("layers", "bot/slack", "from bot import terminal", id="a door knows another"),
        pytest.param("layers", "bot/slack", "from bot import teams", id="Slack knows Teams"),
        pytest.param("layers", "bot/teams", "from bot import slack", id="Teams knows Slack"),
        pytest.param("teams", "bot/slack", "import botbuilder.core", id="another door knows Teams' SDK"),
        pytest.param(
            "teams", "bot", "from botbuilder.schema import Activity", id="the program knows Teams' SDK"
        ),
        pytest.param(
            "teams", "bot/usecases", "import botframework.connector", id="a use case knows Teams' SDK"
        ),
        pytest.param("teams", "storage", "import msrest", id="the store knows Teams' SDK"),
        pytest.param("pure", "dialogs", "import asyncio", id="the core waits"),
        pytest.param("pure", "content", "from os import environ", id="the content looks at the system"),
        pytest.param("usecases", "bot/usecases", "from sqlmodel import Session", id="a use case talks SQL"),
        pytest.param("storage", "storage", "import rich", id="the store prints"),
        pytest.param("acyclic", "dialogs/flows", "from dialogs import model", id="two go in a circle"),
    ],
)
@pytest.mark.e2e
def test_a_broken_contract_is_noticed(skeleton, contract, package, line):
    (skeleton / package / "__init__.py").write_text(line + "\n")

    result = lint_imports(skeleton, "--contract", contract)

    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout


def test_no_dependency_ships_our_import_names():
    owners = packages_distributions()

    assert {name: set(owners.get(name, ())) - {"metodcoach"} for name in OURS} == {
        name: set() for name in OURS
    }
