"""Seals secrets that are kept in the database, under keys that stand in a file of the operator's.

Fernet, of the cryptography library: AES-128 in CBC mode with an HMAC. The first key seals, every one of them opens: so
a key can be changed while both are there. Source: https://cryptography.io/en/latest/fernet/
"""

from collections.abc import Iterable
from pathlib import Path

MOST_BYTES = 16_384


class NotSealed(Exception):  # noqa: N818 - the operator's slip: a key was lost, or the wrong file is named
    """None of the keys opens what was sealed."""


class Seal:
    def __init__(self, keys: Iterable[str]) -> None:
        """Raises ``ValueError`` when there is no key, or one that is none."""
        from cryptography.fernet import Fernet, MultiFernet

        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def close(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises ``NotSealed``."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError) as error:
            raise NotSealed from error

    def anew(self, sealed: str) -> str:
        """Return the same secret under the first key. Raises ``NotSealed``."""
        return self.close(self.open(sealed))


def new_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def keys_in(file: Path) -> tuple[str, ...]:
    """Return the keys, a line each, the newest first. Raises ``ValueError`` where the file holds none."""
    try:
        with file.open("rb") as there:
            lines = there.read(MOST_BYTES).decode("ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} can't be read") from error
    Seal(lines)  # raises where one of them is no key
    return tuple(lines)
