"""The units for systemd name what there is, and systemd understands them, where there is one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.call import SET_UP_WRONGLY, WRONG_USE, Call
from bot.cli import commands
from bot.settings import Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
PROGRAM = "/opt/metodcoach/.venv/bin/metodcoach"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
CALLED = [*UNITS, DEPLOY / "metodcoach-run"]


def test_every_setting_that_is_named_is_one_of_the_programs():
    named = {name for one in CALLED for name in re.findall(r"METODCOACH_(\w+)=?", one.read_text("utf-8"))}

    assert "SLACK_BOT_TOKEN_FILE" in named
    assert {name.lower() for name in named} - {"", *Settings.model_fields} == set()


def test_what_a_unit_starts_is_a_command():
    started = [
        re.search(rf"{re.escape(PROGRAM)} (\w+)", one.read_text("utf-8")) for one in DEPLOY.glob("*.service")
    ]
    app = commands(Call())
    known = {one.name for one in (*app.registered_commands, *app.registered_groups)}

    assert {one[1] for one in started if one} == {"serve", "db"}
    assert {one[1] for one in started if one} <= known


def test_every_secret_that_is_handed_on_is_read_from_where_it_lies():
    lines = (DEPLOY / "metodcoach.service").read_text("utf-8").splitlines()
    handed = {one.split("=", 1)[1].split(":")[0] for one in lines if "LoadCredential=" in one}
    read = {found[1] for one in lines if (found := re.search(r"_FILE=%d/(\S+)", one))}

    assert handed == read != set()


def test_the_service_stays_down_where_starting_it_again_is_no_use():
    unit = (DEPLOY / "metodcoach.service").read_text("utf-8")
    [codes] = re.findall(r"^RestartPreventExitStatus=(.+)$", unit, re.MULTILINE)

    assert {int(one) for one in codes.split()} == {WRONG_USE, SET_UP_WRONGLY}
    assert re.search(r"^Restart=on-failure$", unit, re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path):
    for unit in UNITS:
        there = unit.read_text("utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(there, "utf-8")

    looked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip

    # Of other units on the machine it tells as well.
    assert [line for line in looked.stderr.splitlines() if "metodcoach" in line] == []
    assert looked.returncode == 0, looked.stderr


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell here")
def test_the_script_can_be_read_by_a_shell_and_be_run():
    script = DEPLOY / "metodcoach-run"

    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    assert script.stat().st_mode & 0o111
