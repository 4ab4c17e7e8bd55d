"""The gate lets in what Bot Connector signed for this bot, from Teams and our own tenants, and nothing else; and it
tells nobody what was in the rest."""

import asyncio
import io
import logging
from collections import Counter as Tally
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.teams.gate import MOST_BYTES, Admitted, Gate, Refused
from bot.teams.hosts import Hosts
from bot.teams.keys import Keys
from tests.slack_hearing.test_gate import paths, with_other
from tests.slack_hearing.test_inbound import json as any_json
from tests.teams.driver import Place
from tests.teams.identity import APP, PASSWORD, TENANT, Identity
from tests.teams_hearing.forgeries import FOREIGN, Forger, Forgery
from tests.teams_hearing.house import ANNA, NOW, At, Keyring, acted, encoded

SERVICE = "https://smba.trafficmanager.net/emea/aaaa/"
BY = Forger(SERVICE, Keyring(keys=["first", "elsewhere"]))
SEED = "2026-11"
SAMPLE = 600
KINDS = len(BY.real_ones(""))


def a_gate(
    identity: Identity = BY.identity, app: str = APP, tenants: frozenset[str] = frozenset({TENANT})
) -> Gate:
    """Return a gate whose keys come from *identity* without a server between."""

    async def fetch(url: str):
        return identity.jwks() if url.endswith("/keys") else {"issuer": identity.issuer, "jwks_uri": "/keys"}

    return Gate(app, tenants, Keys(fetch, At()), Hosts(), At())


def admit(activity, headers=None, *, gate: Gate | None = None):
    async def act():
        said = CIMultiDict(headers if headers is not None else BY.headers(activity))
        return await (gate or a_gate()).admit("POST", said, encoded(activity))

    return asyncio.run(act())


@pytest.mark.parametrize("number", range(KINDS))
def test_what_bot_connector_signed_is_let_in(number):
    real = BY.real_ones("ord")[number]

    assert admit(real) == Admitted(real, SERVICE, TENANT)


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -299), ("exp", 1), ("nbf", 299), ("nbf", -86_400)])
def test_a_few_minutes_between_the_clocks_do_no_harm(claim, seconds):
    real = BY.real_ones("ord")[0]
    at = int((NOW + timedelta(seconds=seconds)).timestamp())

    assert isinstance(admit(real, BY.headers(real, **{claim: at})), Admitted)


def test_the_names_of_headers_and_of_bearer_may_be_written_in_any_case():
    real = BY.real_ones("ord")[0]
    headers = {name.lower(): said.replace("Bearer", "bearer") for name, said in BY.headers(real).items()}

    assert isinstance(admit(real, headers), Admitted)


def test_an_address_with_or_without_its_last_slash_is_the_same():
    real = BY.real_ones("ord")[0] | {"serviceUrl": SERVICE.rstrip("/")}

    found = admit(real, BY.headers(real, serviceurl=SERVICE))

    assert isinstance(found, Admitted)
    assert found.service == SERVICE


@pytest.mark.parametrize("aud", ["", None, APP, "None"])
def test_without_an_app_id_nothing_is_let_in(aud):
    real = BY.real_ones("ord")[0]

    assert admit(real, BY.headers(real, aud=aud), gate=a_gate(app="")) == Refused(401, "token")


def test_an_app_id_that_was_typed_in_capitals_is_the_same():
    real = BY.real_ones("ord")[0]

    assert isinstance(admit(real, gate=a_gate(app=APP.upper())), Admitted)


def test_a_tenant_of_ours_may_be_written_in_capitals():
    real = BY.real_ones("ord")[0]
    real["conversation"]["tenantId"] = TENANT.upper()

    assert isinstance(admit(real), Admitted)


def test_two_tenants_of_ours_in_one_activity_are_one_too_many():
    real = BY.real_ones("ord")[0]
    real["conversation"]["tenantId"] = FOREIGN

    assert admit(real, gate=a_gate(tenants=frozenset({TENANT, FOREIGN}))) == Refused(403, "tenant")


def test_too_much_is_refused_before_it_is_looked_at():
    async def act(size):
        return await a_gate().admit("POST", CIMultiDict(), b"x" * size)

    assert asyncio.run(act(MOST_BYTES + 1)) == Refused(413, "size")
    assert asyncio.run(act(MOST_BYTES)) == Refused(401, "token")


def test_nothing_is_parsed_before_the_token_is_known_to_be_right():
    async def act():
        return await a_gate().admit("POST", CIMultiDict({"Content-Type": "application/json"}), b"no json")

    assert asyncio.run(act()) == Refused(401, "token")


def test_the_same_activity_twice_is_stored_once():
    async def act(house):
        driver = house.driver()
        await driver.write(ANNA, Place(ANNA.private, "personal"), "hej")
        again = await driver.deliver(driver.sent[-1])
        return again.status, len(house.counter.stored)

    assert acted(act) == (200, 1)


# ---------------------------------------------------------------------------------------------- by the thousand

ANSWERS = {
    400: "bad request", 401: "unauthorized", 403: "forbidden", 405: "method not allowed", 413: "too large",
}  # fmt: skip


async def send_all(house, found: list[Forgery]) -> "Tally[tuple[str, int, str]]":
    """Send them, twenty at a time; return how many of each kind were answered how."""
    answers: Tally[tuple[str, int, str]] = Tally()
    places = asyncio.Semaphore(20)

    async def send(one: Forgery) -> None:
        async with (
            places,
            house.client.request(
                one.method,
                f"{house.url}/teams/messages",
                data=io.BytesIO(one.body),
                headers=dict(one.headers),
            ) as answer,
        ):
            answers[one.kind, answer.status, (await answer.text()).strip()] += 1

    await asyncio.gather(*map(send, found))
    return answers


def refuse_all(count: int, seed: str, caplog: pytest.LogCaptureFixture) -> None:
    """Send that many to the door, and see that each is refused in fixed words, and nowhere told of."""
    caplog.set_level(logging.DEBUG)
    tokens: list[str] = []

    async def act(house):
        found = list(Forger(house.service, house.identity).forgeries(seed, count))
        tokens.extend(one.headers.get("Authorization", "").rpartition(".")[2] for one in found)
        return (
            found,
            await send_all(house, found),
            dict(house.counter.stored),
            house.connector.calls,
            house.identity.asked,
        )

    found, answers, stored, calls, asked = acted(act)

    assert (stored, calls) == ({}, [])
    assert len(asked) <= 5, "one token, and the keys at most twice"
    wrong = {answer: n for answer, n in answers.items() if ANSWERS.get(answer[1]) != answer[2]}
    assert wrong == {}, f"drawn by {seed}"
    assert answers.total() == count
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.exc_info or ''} {vars(record)}"
        for record in caplog.records
    )
    assert "Traceback" not in logged
    assert PASSWORD not in logged
    assert "token-1" not in logged
    assert "Bearer" not in logged
    assert [one for one in tokens if len(one) > 8 and one in logged] == []
    assert [one.word for one in found if one.word in logged] == []


def test_what_bot_connector_never_sent_us_is_refused_and_not_told_of(caplog):
    refuse_all(SAMPLE, SEED, caplog)


def test_the_same_real_activities_are_let_in():
    """Else what is refused above might be refused for another reason."""

    async def act(house):
        by = Forger(house.service, house.identity)
        return [(await house.post(encoded(real), by.headers(real)))[0] for real in by.real_ones("ord")]

    assert acted(act) == [200] * KINDS


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_that_are_signed_are_refused(body):
    async def act():
        return await a_gate().admit("POST", CIMultiDict(BY.headers({"serviceUrl": SERVICE})), body)

    assert isinstance(asyncio.run(act()), Refused)


@pytest.mark.e2e
def test_whatever_a_signed_activity_holds_it_is_answered():
    """One or two parts of something real are of any kind at all: it is refused, left alone or taken, but never fails."""

    async def act(house):
        by, seen = Forger(house.service, house.identity), Tally()

        @settings(deadline=None, max_examples=300)
        @given(st.data())
        def draw(data):
            real = data.draw(st.sampled_from(by.real_ones("ord")))
            for _ in range(data.draw(st.integers(1, 2))):
                path = data.draw(st.sampled_from([one for one in paths(real) if one]))
                real = with_other(real, path, data.draw(any_json))
            drawn.append((encoded(real), by.headers(real)))

        drawn: list[tuple[bytes, dict[str, str]]] = []
        await asyncio.to_thread(draw)
        for body, headers in drawn:
            status, _ = await house.post(body, headers)
            seen[status] += 1
            assert status in (200, 400, 401, 403, 501), (status, body)
        return seen

    seen = acted(act)
    assert seen[200] > 0
    assert seen[400] > 0
