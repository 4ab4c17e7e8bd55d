"""What the store may refuse, so that whoever asked can go on in another way."""


class Conflict(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """Somebody else has written the same thing since it was read: read it again and try once more."""


class AlreadyServing(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """Another process serves this database file; `pid` is its number, 0 where it could not be read."""

    def __init__(self, file: str, pid: int) -> None:
        super().__init__(f"process {pid} serves {file} already" if pid else f"{file} is being served already")
        self.pid = pid


class Refused(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """A backup, a restoring or an upgrade that can't be done; the text says why and what to do."""


def is_conflict(error: BaseException) -> bool:
    """Whether PostgreSQL stopped one of two who stood in each other's way, or one who said nothing for too long.

    Nothing of what they did has happened: they begin again.
    """
    return getattr(error, "sqlstate", None) in ("40P01", "40001", "25P03")
