"""Secrets that lie in files of their own: read once, kept out of every print, and remembered by where they lie."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf, SecretStr

LONGEST = 4096  # bytes: a secret is a line


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """What a file held, without the line break that editors leave at its end."""

    path: Path
    value: SecretStr = field(repr=False)


def read_secret(given: Any) -> KeptSecret:
    """Read the secret in the file *given*. Raises ``ValueError`` where there is none to be read."""
    if isinstance(given, KeptSecret):
        return given
    path = Path(str(given)).expanduser()
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST + 1).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} can't be read") from error
    if not text or len(text) > LONGEST or "\n" in text:
        raise ValueError(f"{path} has to hold one line")
    return KeptSecret(path, SecretStr(text))


SecretFile = Annotated[InstanceOf[KeptSecret], BeforeValidator(read_secret)]
