"""Teams' settings: who is let in, which hosts a token may go to, and a stand-in on this machine only."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from bot.teams_settings import (
    LOGIN,
    OPENID,
    SERVICE_HOSTS,
    allowed_tenants,
    borders_of,
    is_configured,
    is_mentioned,
    malformed,
    missing,
    origins_of,
    service_hosts,
)
from tests.bot.test_settings import nothing_is_set, slip  # noqa: F401 - for every test here
from tests.teams.identity import APP, PASSWORD, TENANT

OTHER = "99999999-bbbb-cccc-dddd-eeeeeeeeeeee"
RIGHT = {"teams_app_id": APP, "teams_app_password": PASSWORD, "teams_tenant": TENANT}


def test_what_is_missing_is_named_as_it_is_set():
    assert missing(Settings()) == (
        "METODCOACH_TEAMS_APP_ID", "METODCOACH_TEAMS_APP_PASSWORD", "METODCOACH_TEAMS_TENANT")  # fmt: skip
    assert missing(Settings(**RIGHT | {"teams_app_password": " "})) == ("METODCOACH_TEAMS_APP_PASSWORD",)
    assert missing(Settings(**RIGHT)) == ()


def test_one_of_them_is_enough_to_want_teams_and_all_to_have_it():
    assert not is_mentioned(Settings())
    assert is_mentioned(Settings(teams_tenant=TENANT))
    assert not is_configured(Settings(teams_tenant=TENANT))
    assert is_configured(Settings(**RIGHT))


def test_the_password_may_stand_in_a_file_and_is_printed_nowhere(tmp_path):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    settings = Settings(teams_app_id=APP, teams_tenant=TENANT, teams_app_password_file=file)

    assert is_configured(settings)
    assert settings.secret("teams_app_password") == PASSWORD
    assert PASSWORD not in f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert PASSWORD not in f"{Settings(**RIGHT)!r}"


@pytest.mark.parametrize(
    ("tenants", "allowed"),
    [
        ("", {TENANT: ()}), (" , ", {TENANT: ()}), (OTHER, {OTHER: ()}), (f"{TENANT.upper()},{OTHER}", {TENANT: (), OTHER: ()}),
        (f"{OTHER}=Kommunen, {OTHER} = Regionen,{TENANT}", {OTHER: ("Kommunen", "Regionen"), TENANT: ()}), (f"{OTHER}=", {OTHER: ()}),
    ],
)  # fmt: skip
def test_the_tenants_that_are_let_in(tenants, allowed):
    assert allowed_tenants(Settings(**RIGHT, teams_tenants=tenants)) == allowed


def test_what_a_tenant_names_may_be_met_there_and_nowhere_else():
    borders = borders_of(Settings(**RIGHT, teams_tenants=f"{TENANT}=Kommunen,{TENANT}=Bolaget,{OTHER}"))

    assert [borders.allow("teams", TENANT, one) for one in ("kommunen", "Bolaget", "Regionen")] == [
        True,
        True,
        False,
    ]
    assert [borders.allow("teams", OTHER, one) for one in ("KOMMUNEN", "Bolaget", "Regionen")] == [
        False,
        False,
        True,
    ]
    assert borders.allow("slack", "T1", "Kommunen")


def test_where_nobody_names_any_there_is_no_border():
    borders = borders_of(Settings(**RIGHT, teams_tenants=f"{TENANT},{OTHER}"))

    assert not borders.are_at("teams", TENANT)
    assert borders.allow("teams", OTHER, "Kommunen")


def test_without_a_tenant_nobody_is_let_in():
    assert allowed_tenants(Settings()) == {}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []), ({"teams_app_id": APP.upper()}, []), ({"teams_app_id": "bot"}, ["teams_app_id"]),
        ({"teams_tenant": "kommunen.se"}, ["teams_tenant"]), ({"teams_tenants": "kommunen.se"}, ["teams_tenants"]),
        ({"teams_app_id": f"{APP}x"}, ["teams_app_id"]), ({"teams_tenants": f"{TENANT},,x=Y"}, ["teams_tenants"]),
    ],
)  # fmt: skip
def test_what_is_no_id_is_named(given, wrong):
    assert list(malformed(Settings(**RIGHT | given))) == wrong


@pytest.mark.parametrize(
    "hosts",
    ["https://smba.example.org", "*.trafficmanager.net", "smba", "smba.example.org/", "smba.example.org:443", "a@b.example", "127.0.0.1:80",
     "smba.example.org evil.example", ".example.org", "smba..org", "SMBA.example.org", "exämple.org"],
)  # fmt: skip
def test_a_further_host_is_one_host_in_full(hosts):
    assert slip(teams_service_hosts=hosts) == "teams_service_hosts"


def test_further_hosts_stand_beside_teams_own():
    assert service_hosts(Settings()) == SERVICE_HOSTS
    assert service_hosts(Settings(teams_service_hosts="a.example.org, b.example.org")) == SERVICE_HOSTS | {
        "a.example.org", "b.example.org"}  # fmt: skip


@pytest.mark.parametrize("url", ["http://127.0.0.1:4000", "http://localhost:4000/", "http://[::1]:4000"])
def test_a_stand_in_takes_all_of_microsofts_places(url):
    origins = origins_of(Settings(teams_stand_in=url))

    assert origins.loopback
    assert origins.openid == f"{url.rstrip('/')}/openid"
    assert origins.login == f"{url.rstrip('/')}/login"
    assert origins.may_hold_keys(f"{url.rstrip('/')}/keys")
    assert not origins.may_hold_keys("http://evil.example/keys")


def test_without_one_keys_and_tokens_are_microsofts():
    origins = origins_of(Settings())

    assert (origins.openid, origins.login, origins.loopback) == (OPENID, LOGIN, False)


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1:4000", "https://evil.example", "http://127.0.0.1.evil.example/", "http://evil.example@127.0.0.2.nip.io", "x", "//", "http://0.0.0.0:1",
            "http://127.0.0.1@evil.example/", "http://[::1"],
)  # fmt: skip
def test_a_stand_in_elsewhere_is_refused(url):
    assert slip(teams_stand_in=url) == "teams_stand_in"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "coach.example", "::"])  # noqa: S104 - what is refused
def test_with_a_stand_in_nobody_else_may_hear_us(host):
    with pytest.raises(ValidationError) as refused:
        Settings(teams_stand_in="http://127.0.0.1:4000", host=host)

    assert [error["loc"] for error in refused.value.errors()] == [("teams_stand_in",)]
