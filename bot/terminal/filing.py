"""Puts files that are handed out into a folder, and reads files that are handed in, on this machine."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dialogs.files import FileOut, Recipe

MOST_OF_A_NAME = 100


def content_of(path: str, most: int) -> bytes | None:
    """Return the file's bytes, at most one more than *most*; None when there is no such file, or it can't be read."""
    try:
        with Path(path.strip().strip("\"'")).expanduser().open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError, RuntimeError):  # a NUL in its name, or nobody's home
        return None


@dataclass(frozen=True, slots=True)
class FilingFolder:
    """*make* returns a file's bytes, None when it can't be made."""

    folder: Path
    make: Callable[[Recipe], bytes | None]

    def put(self, file: FileOut) -> Path | None:
        """Return where the file lies now; None when it can't be made, or not be written there.

        A file that is there already with the very same content isn't written again.
        """
        content = self.make(file.recipe)
        if content is None:
            return None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._put(file.name, content)
        except OSError:
            return None

    def _put(self, name: str, content: bytes) -> Path:
        stem, ending = Path(name).stem, Path(name).suffix
        for copy in range(1, MOST_OF_A_NAME):
            path = self.folder / (name if copy == 1 else f"{stem}-{copy}{ending}")
            try:
                _write(path, content)
            except FileExistsError:
                if not (path.is_file() and path.read_bytes() == content):
                    continue
            return path
        raise FileExistsError(name)


def _write(path: Path, content: bytes) -> None:
    """Write a file that isn't there yet, whole or not at all, for its owner's eyes only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        try:
            file.write(content)
        except OSError:
            path.unlink(missing_ok=True)
            raise
