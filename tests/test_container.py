"""What there is to run in a container holds together: what starts, what it is handed, what it is made of."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

PROJECT = Path(__file__).parents[1]
SERVICES = YAML(typ="safe").load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_serving_slack_starts_no_conversation_in_a_terminal():
    started = {name for name, one in SERVICES.items() if set(one.get("profiles", ["slack"])) & {"slack"}}

    assert started == {"slack", "database"}


def test_what_serves_comes_back_with_the_machine():
    assert {name for name, one in SERVICES.items() if one.get("restart") == "unless-stopped"} == {
        "slack",
        "database",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_handed_the_secrets_that_its_settings_name(name):
    service = SERVICES[name]
    files = {value for key, value in service["environment"].items() if key.endswith("_FILE")}

    assert files == {f"/run/secrets/{secret}" for secret in service["secrets"]}


def test_the_database_is_ready_when_others_reach_it():
    """The server that sets the files up listens to its socket alone, and is stopped again."""
    assert "--host=127.0.0.1" in SERVICES["database"]["healthcheck"]["test"]


def test_what_the_image_is_made_of_is_there():
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line.removeprefix("!") for line in ignored if line.startswith("!")]

    assert [name for name in let_in if not (PROJECT / name).exists()] == []
    assert {"Makefile", "requirements.lock", "pyproject.toml"} <= set(let_in)
