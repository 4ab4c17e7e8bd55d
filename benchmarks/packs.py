"""Measures what packs cost: to check and install the largest, to have many on the shelf, to load them while people talk,
and at a start.

The measure for checking and installing is a plain read of the same bytes by ruamel.yaml, in the same run. Turns and
starts are measured against those with one pack, or none.
"""

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from zipfile import ZipFile

from _figures import Figures
from _stores import LEADER, MEMBERS, METHOD, Store, databases
from ruamel.yaml import YAML

from bot.counter import Counter
from bot.packs.checks import PackChecks
from bot.packs.on_disk import built_in_packs
from content.loader import Loaded, load, load_all, with_used
from content.pack import Pack
from content.schema.base import Text
from dialogs.model.checked_pack import CheckedPack
from storage import schema

ROOT = Path(__file__).resolve().parent.parent
CHECK_AT_MOST = 1.3  # times a plain read
INSTALL_AT_MOST = 1.5
MEGABYTES_AT_MOST = 40
TURN_AT_MOST = 1.1  # times a turn with one pack
START_AT_MOST = 1.15  # times a start without packs
LOADING_AT_MOST = 2.0  # times the slowest of a hundred turns while nothing is loaded
READINGS, TURNS, STARTS = 7, 200, 9
ROUNDS, A_ROUND = 5, 100  # rounds of turns, with and without loading by turns
MORE = 20  # packs beside those that come with the program

STARTED = "import sys; from bot.cli import main; sys.exit(main(['chat']))"
WITHOUT = f"import bot.packs.on_disk as packs; packs.built_in_packs = lambda: {{}}; {STARTED}"
LISTED = "import sys, json; from bot.cli import main; main(['chat']); print(json.dumps(sorted(sys.modules)))"


def milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def plain(files: Mapping[str, bytes]) -> None:
    for content in files.values():
        YAML(typ="safe", pure=True).load(content.decode())


def checked(files: Mapping[str, bytes], used: Mapping[str, Pack]) -> Loaded:
    result = load(files, used=used)
    assert isinstance(result, Loaded), result
    return result


def largest() -> tuple[dict[str, bytes], dict[str, Pack]]:
    """Return the files of the largest of the program's packs, and the packs that it uses."""
    packs = built_in_packs()
    name = max(packs, key=lambda one: sum(map(len, packs[one].values())))
    used = {
        one: result.pack
        for one, result in load_all(with_used(packs, name)).items()
        if isinstance(result, Loaded)
    }
    return packs[name], {one: pack for one, pack in used.items() if one != name}


def measure_check(figures: Figures) -> None:
    files, used = largest()

    def install() -> None:
        result = checked(files, used)
        with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
            file = Path(folder) / "coach.db"
            file.write_bytes(empty)
            store = Store(f"sqlite:///{file}")
            with store.desk.uow as uow:
                uow.packs.put(result.pack, result.checksum, by="benchmark", at=store.desk.clock.now())
                uow.commit()
            store.close()

    with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
        schema.upgrade(f"sqlite:///{folder}/empty.db")
        empty = (Path(folder) / "empty.db").read_bytes()
    works = {"plain": lambda: plain(files), "check": lambda: checked(files, used), "install": install}
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(READINGS + 1):
        for name, work in works.items():
            gc.collect()
            time = milliseconds(work)
            if number:  # the first imports and makes what is made once
                taken[name].append(time)
    found = {name: median(times) for name, times in taken.items()}
    figures.said("largest pack", sum(map(len, files.values())) / 1000, "kB")
    for name, time in found.items():
        figures.said(name, time, "ms")
    figures.told("pack_check", found["check"] / found["plain"], CHECK_AT_MOST)
    figures.told("pack_install", found["install"] / found["plain"], INSTALL_AT_MOST)
    tracemalloc.start()
    checked(files, used)
    figures.told("pack_check_megabytes", tracemalloc.get_traced_memory()[1] / 1e6, MEGABYTES_AT_MOST)
    tracemalloc.stop()


def many() -> list[Pack]:
    """Return the program's packs, and as many more as an organisation would ever have."""
    own = [one.pack for one in load_all(built_in_packs()).values() if isinstance(one, Loaded)]
    [method] = [pack for pack in own if pack.id == METHOD]
    manifests = (
        method.manifest.model_copy(update={"id": f"annan-{number}", "title": Text({"sv": f"Annan {number}"})})
        for number in range(MORE)
    )
    return own + [method.model_copy(update={"manifest": manifest}) for manifest in manifests]


def measure_turn(figures: Figures) -> None:
    packs = many()
    with databases("sqlite") as made:
        stores = {}
        for name, some in (("one", [pack for pack in packs if pack.id == METHOD]), ("all", packs)):
            store = stores[name] = Store(made.new(f"packs_{name}"))
            schema.upgrade(store.url)
            with store.desk.uow as uow:
                for pack in some:
                    uow.packs.put(pack, pack.id, by="benchmark", at=store.desk.clock.now())
                uow.commit()
            begin(store, several=len(some) > 1)
            assert len(store.desk.shelf.newest()) == sum(pack.manifest.method for pack in some)
        taken: dict[str, list[float]] = {name: [] for name in stores}
        for number in range(TURNS):
            for name, store in list(stores.items())[:: 1 if number % 2 else -1]:
                words = f"1.1: Vi vill att fler är med, av {number} skäl."
                incoming = store.incoming(MEMBERS[number % len(MEMBERS)], words)
                taken[name].append(milliseconds(lambda: store.desk.take(incoming)))  # noqa: B023 - done at once
                store.deliver()
        assert [store.answers() for store in stores.values()] == [TURNS, TURNS], "a turn wrote no answer"
        one, every = (median(times[TURNS // 10 :]) for times in taken.values())
        figures.said("turn with one pack", one, "ms")
        figures.said(f"turn with {len(packs)} packs", every, "ms")
        figures.told("turn_with_many_packs", every / one, TURN_AT_MOST)
        for store in stores.values():
            store.close()


def begin(store: Store, *, several: bool) -> None:
    for words in ("starta", "Kommunen", *([METHOD] if several else []), "-", "Skolan", "Kommunstyrelsen"):
        store.say(LEADER, words)
    for name in MEMBERS:
        store.say(LEADER, f"ny person: {name}, arbetsgrupp")


def measure_loading(figures: Figures) -> None:
    """Let a group talk, by turns with nothing else and while the largest pack is checked again and again."""
    files, _ = largest()
    content = BytesIO()
    with ZipFile(content, "w") as opened:
        for name, one in files.items():
            opened.writestr(name, one)
    with databases("sqlite") as made:
        store = Store(made.new("loading"))
        schema.upgrade(store.url)
        with store.desk.uow as uow:
            for one in load_all(built_in_packs()).values():
                assert isinstance(one, Loaded)
                uow.packs.put(one.pack, one.checksum, by="benchmark", at=store.desk.clock.now())
            uow.commit()
        begin(store, several=True)
        asyncio.run(_talk_and_load(store, content.getvalue(), figures))
        store.close()


async def _talk_and_load(store: Store, zipped: bytes, figures: Figures) -> None:
    checks = PackChecks(store.looking)
    counter = Counter(store.desk, store.looking)
    counter.start()
    taken: dict[bool, list[float]] = {False: [], True: []}
    checked = 0
    for number in range(2 * ROUNDS):
        loads = bool(number % 2)
        stop = asyncio.Event()

        async def load(stop: asyncio.Event = stop) -> int:
            done = 0
            while not stop.is_set():
                assert isinstance(await asyncio.to_thread(checks.check, zipped), CheckedPack)
                done += 1
            return done

        loading = asyncio.create_task(load()) if loads else None
        await asyncio.sleep(0)
        gc.collect()
        for turn in range(A_ROUND):
            words = f"1.1: Vi vill att fler är med, av {number * A_ROUND + turn} skäl."
            incoming = store.incoming(MEMBERS[turn % len(MEMBERS)], words)
            began = perf_counter()
            assert await counter.take_in(incoming)
            taken[loads].append((perf_counter() - began) * 1000)
            await asyncio.sleep(0.01)  # people think, too
        stop.set()
        checked += await loading if loading is not None else 0
    await counter.finish()
    await counter.close()
    assert store.answers() == 2 * ROUNDS * A_ROUND, "a turn wrote no answer"
    quiet, busy = (quantiles(taken[loads], n=100) for loads in (False, True))
    figures.said("checks meanwhile", checked, "packs")
    figures.said("turn, slowest of a hundred", quiet[98], "ms")
    figures.said("turn while packs are checked, slowest of a hundred", busy[98], "ms")
    figures.said("turn while packs are checked, times one without", busy[49] / quiet[49], "")
    figures.told("turn_while_loading", busy[98] / quiet[98], LOADING_AT_MOST)


def measure_start(figures: Figures) -> None:
    with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
        taken: dict[str, list[float]] = {}
        for code in (WITHOUT, STARTED):
            environment = _environment(Path(folder) / f"{len(taken)}.db")
            _run(code, environment)  # makes the database, and installs what there is
            taken[code] = []
        for _ in range(STARTS):
            for at, (code, times) in enumerate(taken.items()):
                environment = _environment(Path(folder) / f"{at}.db")
                times.append(milliseconds(lambda: _run(code, environment)))  # noqa: B023 - done at once
        without, started = (median(times) for times in taken.values())
        figures.said("start without packs", without, "ms")
        figures.said("start with the program's packs", started, "ms")
        figures.told("start_with_packs", started / without, START_AT_MOST)
        imported = json.loads(_run(LISTED, _environment(Path(folder) / "1.db")).splitlines()[-1])
        reads = [
            name for name in imported if name.partition(".")[0] == "ruamel" or name == "content.yaml_reader"
        ]
        figures.told("start_reads_yaml", len(reads), 0)


def _environment(database: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "METODCOACH_DATABASE_URL": f"sqlite:///{database}"}


def _run(code: str, environment: Mapping[str, str]) -> str:
    asked = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(
        asked, env=environment, cwd=ROOT, input="", capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> int:
    figures = Figures()
    measure_check(figures)
    measure_turn(figures)
    measure_loading(figures)
    measure_start(figures)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
