"""Reads a payload with slack_sdk's own classes, which check it when they write it again."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View


def validate(surface: str, payload: Mapping[str, Any]) -> None:
    if surface == "message":
        blocks = Block.parse_all(payload["blocks"])
        again = [block.to_dict() for block in blocks]
        meant = payload["blocks"]
    else:
        again = View(**payload).to_dict()
        meant = payload
    if again != meant:  # what it doesn't know, it leaves out
        raise ValueError("not the same when read and written again")
