"""One thing that the doctor found."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """An error stops the program or may lose data; a warning is worth mending; a note is good to know."""

    weight: Literal["error", "warning", "note"]
    key: str
    args: dict[str, Any] = field(default_factory=dict)
