"""A database that has a pack of an earlier version can still be read, and takes the one that comes with the program."""

import gzip
from collections.abc import Mapping
from functools import cache

import pytest

from bot.packs.on_disk import built_in_packs
from content.checks.upgrade import check_upgrade
from content.loader import Loaded, load_all
from content.pack import Pack
from storage.mapping import pack_value
from tools.released_packs import FOLDER

RELEASED = sorted(FOLDER.glob("*.json.gz"))


@cache
def today() -> Mapping[str, Pack]:
    return {name: one.pack for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


def test_some_are_kept_of_each():
    kept = {pack_value(gzip.decompress(file.read_bytes()).decode()).id for file in RELEASED}
    assert kept == today().keys()


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.name)
def test_what_is_stored_can_be_read_and_the_newest_takes_its_place(file):
    stored = pack_value(gzip.decompress(file.read_bytes()).decode())
    newest = today()[stored.id]
    problems = [] if stored.version == newest.version else check_upgrade(stored, newest)
    assert list(problems) == []
