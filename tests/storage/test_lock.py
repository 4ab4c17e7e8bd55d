"""One process at a time serves a SQLite file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage import AlreadyServing
from storage.lock import serving

HOLD = """
import sys
from storage.lock import serving
with serving(sys.argv[1]):
    print("serving", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'store.db'}"


def test_a_second_is_told_who_serves(address):
    with serving(address), pytest.raises(AlreadyServing) as refused, serving(address):
        pass
    assert refused.value.pid == os.getpid()


def test_the_next_may_when_the_first_is_done(address):
    with serving(address):
        pass
    with serving(address):
        pass


def test_a_killed_process_holds_nothing(address):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout.readline() == b"serving\n"
    with pytest.raises(AlreadyServing) as refused, serving(address):
        pass
    assert refused.value.pid == holder.pid

    holder.kill()
    holder.communicate()

    with serving(address):
        pass


def test_postgresql_serves_many(postgresql_url):
    with serving(postgresql_url), serving(postgresql_url):
        pass
