"""Counts and times what happens while the program serves, and tells it in Prometheus' words.

Labels are names from the program alone: a door, a route, an outcome. Nothing that people write or are called.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is told; `kind` and `help` are what Prometheus wants to know of it."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str


EVENTS = Figure("metodcoach_events_total", "counter", "Events handed in by a door: new, or seen before.")
TURNS = Figure("metodcoach_turns_total", "counter", "Turns by what became of them: taken, failed, put off.")
TURN_SECONDS = Figure(
    "metodcoach_turn_seconds", "histogram", "From an event's storing to the end of its turn."
)
REQUEST_SECONDS = Figure("metodcoach_request_seconds", "histogram", "From a door's request to its answer.")
REQUESTS = Figure("metodcoach_requests_total", "counter", "Requests to a door by the status of the answer.")
DELIVERIES = Figure("metodcoach_deliveries_total", "counter", "Letters that were tried, by outcome.")
DELIVERY_SECONDS = Figure(
    "metodcoach_delivery_seconds", "histogram", "From a try to send a letter to its outcome."
)
ERRORS = Figure("metodcoach_errors_total", "counter", "Errors of the program that nobody expected, by place.")
INBOX = Figure(
    "metodcoach_inbox", "gauge", "Events in the inbox that wait for their turn, or were set aside."
)
INBOX_AGE = Figure(
    "metodcoach_inbox_oldest_seconds", "gauge", "Age of the oldest event that waits for its turn."
)
OUTBOX = Figure("metodcoach_outbox", "gauge", "Letters that aren't delivered, by door and state.")
FIGURES = (
    EVENTS, TURNS, TURN_SECONDS, REQUEST_SECONDS, REQUESTS, DELIVERIES, DELIVERY_SECONDS, ERRORS, INBOX, INBOX_AGE,
    OUTBOX,
)  # fmt: skip


@dataclass(slots=True)
class _Times:
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


@dataclass
class Metrics:
    """Kept by one thread, the event loop's."""

    _values: dict[tuple[str, Labels], float] = field(default_factory=dict)
    _times: dict[tuple[str, Labels], _Times] = field(default_factory=dict)

    def count(self, figure: Figure, **labels: str) -> None:
        key = figure.name, tuple(labels.items())
        self._values[key] = self._values.get(key, 0) + 1

    def show(self, figure: Figure, value: float, **labels: str) -> None:
        self._values[figure.name, tuple(labels.items())] = value

    def forget(self, figure: Figure) -> None:
        """Forget a figure's values: they are counted anew."""
        self._values = {key: value for key, value in self._values.items() if key[0] != figure.name}

    def took(self, figure: Figure, seconds: float, **labels: str) -> None:
        key = figure.name, tuple(labels.items())
        times = self._times.get(key)
        if times is None:
            times = self._times[key] = _Times()
        times.add(seconds)

    def text(self) -> str:
        """Return everything in Prometheus' text format, version 0.0.4."""
        lines: list[str] = []
        for figure in FIGURES:
            found = [*self._lines(figure)]
            if found:
                lines += [
                    f"# HELP {figure.name} {figure.help}",
                    f"# TYPE {figure.name} {figure.kind}",
                    *found,
                ]
        return "\n".join(lines) + "\n"

    def _lines(self, figure: Figure) -> Iterable[str]:
        for (name, labels), value in self._values.items():
            if name == figure.name:
                yield f"{name}{_worded(labels)} {value:g}"
        for (name, labels), times in self._times.items():
            if name == figure.name:
                yield from _histogram(name, labels, times)


def _histogram(name: str, labels: Labels, times: _Times) -> Iterable[str]:
    so_far = 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), times.counts, strict=True):
        so_far += count
        yield f"{name}_bucket{_worded((*labels, ('le', bound)))} {so_far}"
    yield f"{name}_sum{_worded(labels)} {times.total:g}"
    yield f"{name}_count{_worded(labels)} {so_far}"


ESCAPED: Mapping[str, str] = {"\\": r"\\", '"': r"\"", "\n": r"\n"}


def _worded(labels: Labels) -> str:
    if not labels:
        return ""
    pairs = (f'{name}="{"".join(ESCAPED.get(sign, sign) for sign in value)}"' for name, value in labels)
    return f"{{{','.join(pairs)}}}"
