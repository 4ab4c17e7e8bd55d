"""Twenty thousand mangled packs: none makes the loader fall, run away, reach outside or take half of one."""

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.packs.on_disk import read_zip
from content.loaded import Loaded, Refused
from content.loader import load
from content.pack import Pack
from content.schema.base import Text
from tests.content.builders import files
from tests.content.test_hostile_packs import ONE_THING, step
from tests.proof.mangled import MOST, a_mangled_pack, a_mangled_zip
from tests.proof.parts import Tell
from tests.proof.sweep import share_of

pytestmark = pytest.mark.proof

PACKS = 20_000
SECONDS = 20
MEGABYTES = 300
PROCESSES = 2
ZIPPED = 5  # every fifth comes as a zip
TOUCHES = ("open", "exec", "import", "socket", "subprocess", "os.", "shutil", "tempfile", "ctypes")


def test_no_mangled_pack_does_harm(seed: str, sample: str, tmp_path: Path, tell: Tell) -> None:
    numbers = range(max(PROCESSES, round(PACKS * share_of(sample, PACKS))))
    started = [
        _in_a_child(tmp_path / f"{at}", lambda book, at=at: _load_all(seed, numbers[at::PROCESSES], book))
        for at in range(PROCESSES)
    ]
    for pid, book in started:
        _, status = os.waitpid(pid, 0)
        assert status == 0, f"PROOF_SEED={seed}: {book.read_text()[-3000:]}"
    told = [line.split() for _, book in started for line in book.read_text().splitlines() if line]
    [*ends] = [line for line in told if line[0] == "end"]
    loaded, refused = (sum(int(line[at]) for line in ends) for at in (1, 2))

    assert loaded + refused == len(numbers)
    if len(numbers) > 500:  # enough to say how many there should be
        assert loaded > len(numbers) / 20, "Hardly any pack is good enough to come through."
        assert refused > len(numbers) / 3, "Hardly any pack is bad."
    tell(f"{loaded} loaded, {refused} refused; the slowest took {max(float(line[3]) for line in ends):.2f} s")


@pytest.mark.parametrize("text", ONE_THING)
def test_as_much_of_one_thing_as_a_file_may_hold(text: str, tmp_path: Path) -> None:
    whole = (text * 200_000)[:199_999]

    pid, book = _in_a_child(tmp_path, lambda _: _refuses(step(whole)))

    assert os.waitpid(pid, 0)[1] == 0, book.read_text()[-3000:]


def _refuses(pack: Mapping[str, bytes]) -> None:
    signal.alarm(SECONDS)
    assert isinstance(load(pack), Refused)


def _in_a_child(folder: Path, work: Any) -> tuple[int, Path]:
    """Do the work in a process with little memory, in an empty folder; what it says is in a file beside that."""
    (folder / "empty").mkdir(parents=True)
    book = folder / "book"
    pid = os.fork()
    if pid:
        return pid, book
    code = 1
    with book.open("w", encoding="utf-8", buffering=1) as told:
        try:
            os.chdir(folder / "empty")
            most = _address_space() + MEGABYTES * 1_000_000
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            _warm_up()
            work(told)
            assert list(Path().iterdir()) == []
            code = 0
        except BaseException:  # noqa: BLE001 - told to the parent, who fails
            told.write(traceback.format_exc())
    os._exit(code)


def _warm_up() -> None:
    """Import and make what is imported and made once."""
    load(files())
    _told(read_zip(b""), {})  # type: ignore[arg-type]  # that is no zip
    b"x".decode("cp437")  # the names in a zip


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text().split()[0] if Path("/proc/self/statm").exists() else "0"
    return int(pages) * resource.getpagesize()


def _load_all(seed: str, numbers: range, book: Any) -> None:
    listening, touched = _listen()
    good, bad, slowest = 0, 0, 0.0
    for number in numbers:
        book.write(f"{number}\n")  # if the alarm goes, this is the one
        name = f"{seed} {number}"
        pack: dict[str, bytes] | bytes = a_mangled_zip(name) if number % ZIPPED == 0 else a_mangled_pack(name)
        before = time.perf_counter()
        signal.alarm(SECONDS)
        listening[0] = True
        found = read_zip(pack) if isinstance(pack, bytes) else pack
        result = found if isinstance(found, Refused) else load(found)
        listening[0] = False
        signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - before)
        assert touched == [], touched
        if isinstance(result, Loaded):
            good += 1
            assert isinstance(found, dict)
            _as_typed(result, found)
        else:
            bad += 1
            _told(result, found if isinstance(found, dict) else {})
    assert sum(map(len, a_mangled_pack(f"{seed} 1").values())) <= MOST
    book.write(f"end {good} {bad} {slowest:.3f}\n")


def _listen() -> tuple[list[bool], list[str]]:
    listening, touched = [False], list[str]()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if listening[0] and event.startswith(TOUCHES):
            touched.append(f"{event} {arguments[:2]}")

    sys.addaudithook(hook)
    return listening, touched


def _told(result: Refused, pack: Mapping[str, bytes]) -> None:
    """Each problem has a file, a line that the file has, and words in both languages."""
    assert result.problems
    for problem in result.problems:
        lines = pack.get(problem.file, b"").count(b"\n") + 1
        assert problem.file
        assert 0 <= problem.line <= max(lines, 1), problem
        swedish, english = problem.said_in("sv"), problem.said_in("en")
        assert swedish != english
        for said in (swedish, english):
            assert said.isprintable()
            assert said.endswith((".", "?", "…"))
            assert len(said) < 1_200


def _as_typed(result: Loaded, pack: Mapping[str, bytes]) -> None:
    """The pack is whole: it reads back as it is, and each text is one that another reader finds in the files."""
    assert Pack.model_validate_json(result.pack.model_dump_json()) == result.pack
    typed = {text.strip() for name in pack for text in _texts_of(pack[name])}
    for part in (result.pack, *result.walkthroughs):
        assert set(_texts(part)) <= typed
    steps = sum(name.startswith("steps/") for name in pack)
    assert (len(result.pack.steps), len(result.walkthroughs)) == (
        steps,
        sum(name.startswith("walkthroughs/") for name in pack),
    )


def _texts_of(content: bytes) -> Iterator[str]:
    yield from _strings(YAML(typ="base", pure=True).load(StringIO(content.decode("utf-8-sig"))))


def _strings(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from _strings(value)
        case list():
            for value in data:
                yield from _strings(value)
        case _:
            raise AssertionError(data)


def _texts(part: Any) -> Iterator[str]:
    match part:
        case Text():
            yield from part.root.values()
        case tuple():
            for one in part:
                yield from _texts(one)
        case dict():
            for one in part.values():
                yield from _texts(one)
        case _ if hasattr(part, "model_fields_set"):
            for name in type(part).model_fields:
                yield from _texts(getattr(part, name))
        case _:
            return
