"""Draws the app's two icons: three steps upwards in a speech bubble. No library, no font: pixels, written as PNG.

Teams wants a coloured one of 192 by 192 pixels and a white outline of 32 by 32 on nothing.
Source: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

import struct
import zlib
from collections.abc import Callable, Iterable
from functools import cache

COLOR, OUTLINE = 192, 32
ACCENT = (0x1F, 0x5E, 0x5B)
WHITE = (0xFF, 0xFF, 0xFF)
FINE = 4  # samples a side in each pixel

Shape = Callable[[float, float], bool]
"""Tells whether a point of the unit square is inside."""


@cache
def color_icon() -> bytes:
    """Return white steps in a white bubble's outline, on the accent colour."""
    return _png(COLOR, lambda x, y: (*_mixed(ACCENT, WHITE, _covered(_drawing, x, y, COLOR)), 255))


@cache
def outline_icon() -> bytes:
    """Return the same in white, on nothing."""
    return _png(OUTLINE, lambda x, y: (*WHITE, round(255 * _covered(_drawing, x, y, OUTLINE))))


def _drawing(x: float, y: float) -> bool:
    return _bubble(x, y) or any(left <= x < left + 0.11 and top <= y < 0.6 for left, top in _STEPS)


_STEPS = ((0.28, 0.48), (0.445, 0.38), (0.61, 0.28))


def _bubble(x: float, y: float) -> bool:
    """The outline of a rounded box with a tail below it."""
    width = 0.055
    outer = _box(x, y, 0.0) or _tail(x, y, 0.0)
    return outer and not (_box(x, y, width) or _tail(x, y, width))


def _box(x: float, y: float, inside: float) -> bool:
    left, top, right, bottom, round_ = (
        0.14 + inside,
        0.14 + inside,
        0.86 - inside,
        0.74 - inside,
        0.12 - inside,
    )
    near_x = min(max(x, left + round_), right - round_)
    near_y = min(max(y, top + round_), bottom - round_)
    return (x - near_x) ** 2 + (y - near_y) ** 2 <= round_**2


def _tail(x: float, y: float, inside: float) -> bool:
    top, tip = 0.66, 0.9 - 1.6 * inside
    return top <= y <= tip and 0.27 + inside <= x <= 0.27 + inside + (0.2 - 2 * inside) * (tip - y) / (
        tip - top
    )


def _covered(shape: Shape, x: int, y: int, size: int) -> float:
    """Return how much of a pixel the shape covers."""
    inside = sum(
        shape((x + (i + 0.5) / FINE) / size, (y + (j + 0.5) / FINE) / size)
        for i in range(FINE)
        for j in range(FINE)
    )
    return inside / FINE**2


def _mixed(under: Iterable[int], over: Iterable[int], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(under, over, strict=True))


def _png(size: int, pixel: Callable[[int, int], Iterable[int]]) -> bytes:
    rows = b"".join(b"\0" + bytes(value for x in range(size) for value in pixel(x, y)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
