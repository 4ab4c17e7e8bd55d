"""The other side of `bot/apart.py`: a process that does one heavy thing with what it is handed, and ends."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from bot.apart import packed, unpacked
from bot.settled import begin

MOST_MEMORY = (
    1_500_000_000  # bytes of addresses, of which a Python with its libraries has some hundred million
)
LARGEST_FILE = 500_000_000  # bytes; what a task writes to disk is thrown away
POLITE = 5

Task = Callable[..., Sequence[bytes]]


def _check(*parts: bytes) -> Sequence[bytes]:
    from bot.packs.judge import judge_parts

    return judge_parts(*parts)


def _rehearse(*parts: bytes) -> Sequence[bytes]:
    from bot.rehearsing.played import rehearse_parts

    return rehearse_parts(*parts)


def _read_table(*parts: bytes) -> Sequence[bytes]:
    from bot.register_file import read_in_parts

    return read_in_parts(*parts)


def _document(*parts: bytes) -> Sequence[bytes]:
    from bot.documents.making import make_parts

    return make_parts(*parts)


def _tables(*parts: bytes) -> Sequence[bytes]:
    from bot.documents.making import make_tables

    return make_tables(*parts)


def _chart(*parts: bytes) -> Sequence[bytes]:
    from bot.documents.making import make_chart

    return make_chart(*parts)


TASKS: Mapping[str, Task] = {
    "check": _check,
    "rehearse": _rehearse,
    "read-table": _read_table,
    "document": _document,
    "tables": _tables,
    "chart": _chart,
}


def main() -> None:
    task, seconds = sys.argv[1:]
    begin()
    _keep_within(int(seconds))
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no part of the answer
    with answer:
        answer.write(packed(TASKS[task](*unpacked(sys.stdin.buffer.read()))))


def _keep_within(seconds: int) -> None:
    """See to it that the process ends by itself, should nobody be left to end it."""
    with suppress(
        ImportError, OSError, ValueError
    ):  # there are systems without, and operators who allow less
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        os.nice(POLITE)


if __name__ == "__main__":
    main()
