"""Puts lines together that belong together: a backslash at the end goes on, three quotation marks hold a block."""

from dataclasses import dataclass, field

MARKS = '"""'


@dataclass(slots=True)
class Typed:
    """Takes what is typed, line by line, and gives back what is whole. *comments* are for piped input."""

    comments: bool = False
    _begun: list[str] = field(default_factory=list)
    _in_block: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether the next line belongs to the one before."""
        return bool(self._begun)

    def take(self, line: str) -> str | None:
        """Return the whole text that *line* completes; None while more is to come."""
        if self._in_block:
            return self._into_block(line)
        if self.comments and not self._begun and line.lstrip().startswith("#"):
            return None
        before, marks, after = line.partition(MARKS)
        if marks and MARKS not in after and self._opens(before):
            self._in_block = True
            self._begun.append(before + after)
            return None
        if marks and self._opens(before) and after.endswith(MARKS):
            return self._whole(before + after.removesuffix(MARKS))
        if line.endswith("\\") and not line.endswith("\\\\"):
            self._begun.append(line[:-1])
            return None
        return self._whole(line)

    def rest(self) -> str | None:
        """Return what was begun and never ended: input may stop in the middle, and nothing is lost."""
        return self._whole("") if self._begun else None

    def forget(self) -> None:
        self._begun.clear()
        self._in_block = False

    def _opens(self, before: str) -> bool:
        """Whether marks after *before* open a block: at the start, after a name, or after an order."""
        head = before.strip()
        return not head or head.endswith(":") or (head.startswith("/") and " " not in head)

    def _into_block(self, line: str) -> str | None:
        inside, marks, _ = line.partition(MARKS)
        if not marks:
            self._begun.append(line)
            return None
        return self._whole(inside)

    def _whole(self, last: str) -> str:
        text = "\n".join([*self._begun, last]) if self._begun else last
        self.forget()
        return text.rstrip("\n") if "\n" in text else text
