"""The settings: secrets from the environment or from files, and never printed; addresses that a token may go to."""

import os

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from bot.slack_settings import malformed, missing

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in [
        name for name in os.environ if name.startswith("METODCOACH_") or name.upper() == "HTTPS_PROXY"
    ]:
        monkeypatch.delenv(name)


def slip(**given) -> str:
    """Return the setting that is refused."""
    with pytest.raises(ValidationError) as refused:
        Settings(**given)
    [error] = refused.value.errors()
    return str(error["loc"][0])


def test_a_secret_may_stand_in_a_file(tmp_path, monkeypatch):
    file = tmp_path / "token"
    file.write_text("xoxb-1-hemlig\n")
    monkeypatch.setenv("METODCOACH_SLACK_BOT_TOKEN_FILE", str(file))
    monkeypatch.setenv("METODCOACH_SLACK_SIGNING_SECRET", SECRET)

    settings = Settings()

    assert settings.secret("slack_bot_token") == "xoxb-1-hemlig"
    assert settings.secret("slack_signing_secret") == SECRET
    assert settings.secret("slack_app_token") == ""
    assert list(settings.secret_files()) == [file]


def test_nothing_prints_a_secret(tmp_path):
    file = tmp_path / "token"
    file.write_text("xapp-hemlig")
    settings = Settings(
        slack_bot_token="xoxb-hemlig",
        slack_app_token_file=file,
        metrics_token="hemlig",
        proxy="http://anna:hemlig@proxy.kommunen.se:3128",
    )

    assert "hemlig" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize("content", ["", "\n", "two\nlines", "x" * 5000, "\udcff"])
def test_a_file_without_one_line_is_refused(tmp_path, content):
    file = tmp_path / "token"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))

    assert slip(slack_bot_token_file=file) == "slack_bot_token_file"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert slip(slack_app_token_file=tmp_path / "none") == "slack_app_token_file"


def test_a_secret_is_set_once(tmp_path):
    file = tmp_path / "token"
    file.write_text("xoxb-1")

    assert slip(slack_bot_token="xoxb-2", slack_bot_token_file=file) == "slack_bot_token_file"


@pytest.mark.parametrize(
    "address",
    [
        "https://slack.com/api/",
        "https://slack-gov.com/api/",
        "http://127.0.0.1:4001/api/",
        "http://localhost:1/",
        "https://[::1]:8443/api/",
    ],
)
def test_the_token_may_go_to_slack_or_to_a_stand_in_on_this_machine(address):
    assert Settings(slack_api_url=address).slack_api_url == address


@pytest.mark.parametrize(
    "address",
    [
        "http://slack.com/api/",
        "https://slack.com.example/api/",
        "https://slack.com@example.org/api/",
        "https://slack.com:444/api/",
        "http://10.0.0.1/api/",
        "http://127.0.0.1.example/api/",
        "ftp://localhost/",
        "slack.com",
    ],
)
def test_the_token_goes_nowhere_else(address):
    assert slip(slack_api_url=address) == "slack_api_url"


def test_an_outgoing_proxy_is_ours_or_the_environments_and_never_for_this_machine():
    there = {"HTTPS_PROXY": "http://proxy:1"}

    assert Settings().outgoing_proxy({}) is None
    assert Settings().outgoing_proxy(there) == "http://proxy:1"
    assert Settings(proxy="http://own:2").outgoing_proxy(there) == "http://own:2"
    assert (
        Settings(proxy="http://own:2", slack_api_url="http://127.0.0.1:1/api/").outgoing_proxy(there) is None
    )


@pytest.mark.parametrize("address", ["proxy:3128", "socks5://proxy:1", "http://", "http://proxy:port"])
def test_what_is_no_proxy_is_refused(address):
    assert slip(proxy=address) == "proxy"


def test_a_file_without_certificates_is_refused(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")

    assert slip(ca_file=tmp_path / "ca.pem") == "ca_file"
    assert slip(ca_file=tmp_path / "none.pem") == "ca_file"


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({}, ["BOT_TOKEN", "SIGNING_SECRET"]),
        ({"slack_bot_token": "xoxb-1"}, ["SIGNING_SECRET"]),
        ({"slack_signing_secret": SECRET}, ["BOT_TOKEN"]),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}, []),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}, []),
    ],
)
def test_slack_needs_a_token_and_a_way_in(given, lacks):
    assert [name.removeprefix("METODCOACH_SLACK_") for name in missing(Settings(**given))] == lacks


def test_what_slack_gives_nobody_under_that_name_is_noticed():
    right = {"slack_bot_token": "xoxb-1-2", "slack_signing_secret": SECRET, "slack_app_token": "xapp-1"}
    wrong = {"slack_bot_token": "xoxp-1-2", "slack_signing_secret": "xoxb-1", "slack_app_token": "xoxb-1"}

    assert list(malformed(Settings(**right))) == []
    assert sorted(malformed(Settings(**wrong))) == sorted(wrong)


def test_the_databases_password_goes_where_libpq_looks_for_it(tmp_path, monkeypatch):
    from bot.call import Call

    file = tmp_path / "password"
    file.write_text("hemligt\n")
    monkeypatch.setenv("PGPASSWORD", "")
    monkeypatch.setenv("METODCOACH_DATABASE_PASSWORD_FILE", str(file))
    monkeypatch.setenv("METODCOACH_DATABASE_URL", "postgresql://metodcoach@database/metodcoach")

    settings = Call().settings

    assert os.environ["PGPASSWORD"] == "hemligt"
    assert "hemligt" not in settings.database_url


def test_a_file_that_cannot_be_read_is_told_of_as_such(tmp_path, monkeypatch):
    from bot.call import Call, Slip

    told = Call().text("command-settings-file")
    monkeypatch.setenv("METODCOACH_PORT", "many")
    with pytest.raises(Slip) as slip:
        _ = Call().settings
    assert told not in str(slip.value)

    monkeypatch.setenv("METODCOACH_DATABASE_PASSWORD_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(Slip) as slip:
        _ = Call().settings

    assert told in str(slip.value)
    assert slip.value.code == 78


def test_the_public_address_is_that_of_a_web_server_without_a_slash_at_its_end():
    assert (
        Settings(public_url="https://coach.example.org:8443/metod/").public_url
        == "https://coach.example.org:8443/metod"
    )
    assert Settings(public_url="").public_url == ""


@pytest.mark.parametrize(
    "address",
    ["coach.example.org", "ftp://coach.example.org", "https://", "https://x:0", "https://x:y", "https://x/?a=b", "https://x/#a",
     "https://a:b@x/"],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(address: str):
    assert slip(public_url=address) == "public_url"
