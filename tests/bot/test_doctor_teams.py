"""What the doctor says of Teams: what is missing or malformed, what Entra and the key server answer, never a secret."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp import web

from bot.call import Call
from bot.doctor.examination import findings
from bot.doctor.teams import WHERE, online_findings, organisation_findings, settings_findings
from bot.settings import Settings
from bot.teams_settings import NAMES
from content.phrases.book import LANGUAGES, Phrasebook
from storage import schema
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.test_settings import nothing_is_set  # noqa: F401 - for every test here
from tests.teams.identity import APP, PASSWORD, TENANT, Identity

RIGHT = {"teams_app_id": APP, "teams_app_password": PASSWORD, "teams_tenant": TENANT}
OTHER = "99999999-bbbb-cccc-dddd-eeeeeeeeeeee"


def looked(**given):
    return list(settings_findings(Settings(**given), lambda key: key))


def found(**given) -> list[tuple[str, str]]:
    return [(one.weight, one.key) for one in looked(**given)]


def test_whoever_has_set_nothing_wants_no_teams():
    assert found() == []


@pytest.mark.parametrize(
    "more",
    [
        {}, {"teams_tenants": f"{TENANT}, {OTHER.upper()}=Kommunen, {OTHER}=Regionen"}, {"public_url": "https://coach.example"},
        {"teams_app_id": APP.upper()}, {"teams_service_hosts": "smba.example.org"}, {"teams_tenants": " "},
    ],
)  # fmt: skip
def test_what_is_set_rightly_is_fine(more):
    assert found(**RIGHT | more) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_named_with_where_it_stands(name):
    [one] = looked(**RIGHT | {name: ""})

    assert (one.weight, one.key) == ("error", "doctor-teams-missing")
    assert one.args == {"name": NAMES[name], "where": WHERE[name]}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"teams_app_id": "my-bot"}, "doctor-teams-form"), ({"teams_app_id": f"28:{APP}"}, "doctor-teams-form"),
        ({"teams_tenant": "kommunen.onmicrosoft.com"}, "doctor-teams-form"), ({"teams_tenants": "kommunen"}, "doctor-teams-tenants"),
        ({"teams_tenants": f"{TENANT};{OTHER}"}, "doctor-teams-tenants"), ({"teams_tenant": APP}, "doctor-teams-same"),
        ({"teams_app_password": OTHER}, "doctor-teams-secret-id"),
    ],
)  # fmt: skip
def test_what_is_malformed_or_mixed_up_is_an_error(given, key):
    assert found(**RIGHT | given) == [("error", key)]


def test_a_stand_in_an_open_address_and_open_figures_are_warnings():
    assert found(**RIGHT, teams_stand_in="http://127.0.0.1:1") == [("warning", "doctor-teams-stand-in")]
    assert found(**RIGHT, public_url="http://coach.example") == [("warning", "doctor-teams-not-https")]
    assert found(**RIGHT, host="0.0.0.0") == [("warning", "doctor-metrics-open")]  # noqa: S104 - it is what we warn of
    assert found(**RIGHT, host="0.0.0.0", metrics="off") == []  # noqa: S104


def test_open_figures_are_told_once_where_there_are_two_doors(monkeypatch, tmp_path):
    given = {**RIGHT, "host": "0.0.0.0", "slack_bot_token": "xoxb-1"}  # noqa: S104
    for name, value in given.items():
        monkeypatch.setenv(f"METODCOACH_{name.upper()}", value)
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(tmp_path / "none.db"))

    keys = [one.key for one in findings(Call())]

    assert keys.count("doctor-metrics-open") == 1


def test_each_finding_is_told_in_each_language_and_tells_no_secret():
    book = Phrasebook.load()
    told = [
        *looked(teams_app_id="x"),
        *looked(**RIGHT | {"teams_app_password": OTHER}),
        *asked(Identity(refuses="invalid_client")),
    ]

    for one in told:
        for language in LANGUAGES:
            text = book.text(one.key, language, **one.args)
            assert PASSWORD not in text
            assert OTHER not in text


# ---------------------------------------------------------------------------------------------------- online


@contextmanager
def answering(identity: Identity) -> Iterator[dict[str, str]]:
    """Let Entra and the key server answer on a thread of their own; yield the settings that lead there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    app = web.Application()
    app.add_routes(identity.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def start() -> str:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    identity.base = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield {**RIGHT, "teams_stand_in": identity.base}
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def asked(identity: Identity, **more: str):
    with answering(identity) as settings:
        return list(online_findings(Settings(**settings | more)))


def test_teams_lets_us_in():
    identity = Identity()
    [fine] = asked(identity)

    assert (fine.weight, fine.key, fine.args) == ("note", "doctor-teams-fine", {"tenant": TENANT})
    assert len(identity.asked) == 3, "the token, the metadata and the keys"


@pytest.mark.parametrize(
    "given", [{"teams_app_password": "wrong"}, {"teams_tenant": OTHER}, {"teams_app_id": OTHER}]
)
def test_a_refusal_is_named_with_entras_word_for_it(given):
    [refused] = asked(Identity(), **given)

    assert (refused.weight, refused.key) == ("error", "doctor-teams-refused")
    assert (refused.args["name"], refused.args["why"]) == ("METODCOACH_TEAMS_APP_PASSWORD", "invalid_client")


def test_keys_that_are_not_there_are_told():
    [lies] = asked(Identity(issuer="https://evil.example"))

    assert (lies.weight, lies.key) == ("error", "doctor-teams-no-keys")


def test_an_entra_that_does_not_answer_is_told():
    with answering(Identity()) as settings:
        pass

    away = list(online_findings(Settings(**settings)))

    assert [(one.weight, one.key) for one in away] == [
        ("error", "doctor-teams-unreachable"),
        ("error", "doctor-teams-no-keys"),
    ]


def test_without_all_of_the_settings_nobody_is_asked():
    assert list(online_findings(Settings(teams_app_id=APP))) == []


NAMED = f"{TENANT}=Ljungby kommun, {TENANT}=Bolaget, {OTHER}=Region Kronoberg"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ((), [("note", "doctor-teams-organisation-new", "Ljungby kommun, Bolaget, Region Kronoberg")]),
        (("ljungby  KOMMUN", "Bolaget", "Region Kronoberg"), []),
        (("Ljungby kommun", "Regionen"), [("warning", "doctor-teams-organisation-unknown", "Bolaget, Region Kronoberg")]),
    ],
)  # fmt: skip
def test_an_organisation_that_a_tenant_names_and_that_is_not_there_is_told_of(there, told):
    settings = Settings(**RIGHT, teams_tenants=NAMED)

    found = [(one.weight, one.key, one.args["names"]) for one in organisation_findings(settings, there)]

    assert found == told


def test_the_doctor_looks_for_them_in_the_database(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    schema.upgrade(url)
    for name, value in {**RIGHT, "teams_tenants": NAMED, "database_url": url}.items():
        monkeypatch.setenv(f"METODCOACH_{name.upper()}", value)
    engine = open_engine(url)
    with SqlUnitOfWork(engine) as uow:
        ours = uow.organisations.add("Ljungby kommun")
        uow.organisations.add_admin(ours, uow.people.add("Karin Ek").id)
        uow.organisations.add("Bolaget")  # made up to practise: nobody administers it
        uow.commit()
    engine.dispose()

    found = {one.key: one.args for one in findings(Call())}

    assert found["doctor-teams-organisation-unknown"] == {
        "names": "Bolaget, Region Kronoberg",
        "there": "Ljungby kommun",
    }
