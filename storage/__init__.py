"""What is remembered: tables, mapping, repositories, migrations."""

from storage.errors import AlreadyServing, Conflict, Refused

__all__ = ["AlreadyServing", "Conflict", "Refused"]
