"""Draws a method: first in words, which are the text version, then the words in boxes."""

from content.drawing.outline import Outline, outline_of
from content.drawing.svg import as_svg
from content.drawing.text import as_text

__all__ = ["Outline", "as_svg", "as_text", "outline_of"]
