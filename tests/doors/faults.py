"""What goes wrong on the way to a platform, by rule: which calls, how many, drawn by a seed."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

Kind = Literal["limited", "conflict", "unavailable", "failed", "reset", "lost", "slow", "refused"]


@dataclass
class Fault:
    """Something that goes wrong.

    `limited` is a 429 with `retry_after`, `conflict` a 412, `unavailable` a 503, `failed` a 500 after the call was
    taken; `reset` a connection that breaks before the platform has the call, `lost` one that breaks afterwards; `slow`
    waits `seconds`; `refused` is the platform's `error`, with `status` where it says it so.
    An empty `method` or `channel` is any. It happens `times` times at the most, to `share` of the calls.
    """

    kind: Kind
    method: str = ""
    channel: str = ""
    times: int = 1_000_000
    share: float = 1.0
    retry_after: str | None = "1"
    seconds: float = 0.2
    error: str = "fatal_error"
    status: int = 403
    after: int = 0  # calls that are meant, and let by first
    happened: int = 0


@dataclass
class Faults:
    """The rules, and the seed that they draw by."""

    seed: str = "0"
    rules: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        self.rules.append(fault)
        return fault

    def pick(self, method: str, channel: str, number: int) -> Fault | None:
        """Return what goes wrong with call *number*, if anything."""
        for place, rule in enumerate(self.rules):
            meant = rule.method in ("", method) and rule.channel in ("", channel)
            if meant and rule.after > 0:
                rule.after -= 1
            elif meant and rule.happened < rule.times and self._drawn(place, number) < rule.share:
                rule.happened += 1
                return rule
        return None

    def happened(self) -> list[Fault]:
        return [rule for rule in self.rules if rule.happened]

    def _drawn(self, place: int, number: int) -> float:
        return int.from_bytes(sha256(f"{self.seed} {place} {number}".encode()).digest()[:4]) / 2**32
