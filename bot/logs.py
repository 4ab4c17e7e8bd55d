"""Logs: one line a happening, its fields as JSON, on stderr. Answers, names and secrets stay out of them."""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {name: value for name, value in vars(record).items() if name not in _ORDINARY}
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": record.getMessage(),
            **fields,
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class ToStderr(logging.Handler):
    """Writes to what stderr is when something happens, not to what it was at start."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(f"{self.format(record)}\n")


def failure(error: BaseException) -> dict[str, object]:
    """Return what a log may hold of an error: its kind, and where it was. Its text may hold what people wrote."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)
    ]
    return {"error": type(error).__name__, "places": places}


def log_to_stderr(level: str) -> None:
    handler = ToStderr()
    handler.setFormatter(Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
