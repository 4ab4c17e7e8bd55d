"""A PNG that carries its own alternative text, in the place that the format has for it.

Source: https://www.w3.org/TR/png-3/#11textinfo
"""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT = b"iTXt"
_DESCRIPTION = b"Description\x00"
_PLAIN = b"\x00\x00\x00\x00"  # not compressed, in no named language, under no other name


def size_of(png: bytes) -> tuple[int, int]:
    """Return how many pixels wide and high it is."""
    wide, high = struct.unpack_from(">II", png, 16)
    return wide, high


def with_description(png: bytes, told: str) -> bytes:
    """Return the picture with what it shows in words, behind its head."""
    head = len(SIGNATURE) + 25  # IHDR comes first and is always as long
    text = _DESCRIPTION + _PLAIN + told.encode("utf-8", "replace")
    return png[:head] + _chunk(_TEXT, text) + png[head:]


def description_of(content: bytes) -> str:
    """Return what the picture shows in words; "" for one that doesn't say, and for what is no PNG."""
    for kind, held in _chunks(content):
        if kind == _TEXT and held.startswith(_DESCRIPTION + _PLAIN):
            return held.removeprefix(_DESCRIPTION + _PLAIN).decode("utf-8", "replace")
    return ""


def _chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while content.startswith(SIGNATURE) and at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length
