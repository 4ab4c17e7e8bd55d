"""A person's slip, as a value: what went wrong, worded by the phrasebook, with what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """`key` is a phrase; `args` fill it in. The text that was typed is kept as a draft by whoever took it."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict)
