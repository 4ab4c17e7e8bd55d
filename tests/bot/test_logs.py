"""A log line is JSON with fields, and holds nothing that people wrote."""

import json
import logging

import pytest

from bot.logs import failure, log_to_stderr


@pytest.fixture(autouse=True)
def own_handlers():
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = kept, level


def test_a_line_has_fields_and_no_words_of_an_error(capsys):
    log_to_stderr("warning")
    try:
        raise ValueError("Karins hemliga svar")
    except ValueError as error:
        logging.getLogger("bot").error("turn failed", extra={"turn": 7, **failure(error)})
    logging.getLogger("bot").info("not shown")

    [line] = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["what"], said["turn"], said["error"]) == ("turn failed", 7, "ValueError")
    assert "hemliga" not in line
