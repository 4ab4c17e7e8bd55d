"""What goes wrong on the way to Slack: with posts, unless it is said otherwise."""

from dataclasses import dataclass

from tests.doors import faults
from tests.doors.faults import Faults

__all__ = ["Fault", "Faults"]


@dataclass
class Fault(faults.Fault):
    """`refused` is `ok: false` with `error`; Slack knows no `conflict`, and nothing of it fails half-way."""

    method: str = "chat.postMessage"
