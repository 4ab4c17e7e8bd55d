"""A token whose signature held is looked at once; with another key, at another time or in other bytes, it is anew."""

import asyncio
from datetime import timedelta

import jwt
import pytest

from bot.teams import tokens as module
from bot.teams.gate import Admitted, Gate, Refused
from bot.teams.hosts import Hosts
from bot.teams.keys import OLD, Keys
from bot.teams.tokens import Tokens
from tests.teams.identity import APP, TENANT, Identity
from tests.teams_hearing.house import NOW, At

SERVICE = "https://smba.trafficmanager.net/emea/aaaa/"
BODY = (
    b'{"type": "message", "id": "1", "channelId": "msteams", "serviceUrl": "%s", "from": {"id": "29:a"},'
    b' "recipient": {"id": "28:b"}, "conversation": {"id": "a:1", "tenantId": "%s"}}'
) % (SERVICE.encode(), TENANT.encode())


@pytest.fixture
def looks(monkeypatch):
    """Note each token whose signature is really looked at."""
    noted, real = [], jwt.decode

    def decode(token, *arguments, **options):
        noted.append(token)
        return real(token, *arguments, **options)

    monkeypatch.setattr(jwt, "decode", decode)
    return noted


class House:
    """A gate, its clock, and who signs."""

    def __init__(self):
        self.identity, self.clock = Identity(), At()
        self.gate = Gate(APP, frozenset({TENANT}), Keys(self._fetch, self.clock), Hosts(), self.clock)

    async def _fetch(self, url):
        if url.endswith("/keys"):
            return self.identity.jwks()
        return {"issuer": self.identity.issuer, "jwks_uri": "/keys"}

    def token(self, **claims):
        return self.identity.token(SERVICE, NOW, **claims)

    async def brings(self, *tokens):
        """Return what becomes of an activity under each token."""
        return [
            await self.gate.admit(
                "POST", {"Authorization": f"Bearer {one}", "Content-Type": "application/json"}, BODY
            )
            for one in tokens
        ]


def acted(act):
    return asyncio.run(act(House()))


def test_a_signature_that_held_is_looked_at_once(looks):
    async def act(house):
        token = house.token()
        return await house.brings(token, token, token)

    assert [type(one) for one in acted(act)] == [Admitted] * 3
    assert len(looks) == 1


def test_a_signature_that_did_not_hold_is_looked_at_each_time_and_never_let_in(looks):
    async def act(house):
        good = house.token()
        forged = f"{good.rpartition('.')[0]}.{house.token(aud='another').rpartition('.')[2]}"
        return await house.brings(good, forged, forged, good)

    good, *forged, again = acted(act)

    assert forged == [Refused(401, "signature")] * 2
    assert isinstance(good, Admitted)
    assert isinstance(again, Admitted)
    assert len(looks) == 3


def test_a_token_that_has_run_out_meanwhile_is_refused():
    async def act(house):
        token = house.token()
        before = await house.brings(token)
        house.clock.instant = NOW + timedelta(hours=2)
        return before + await house.brings(token)

    before, after = acted(act)

    assert isinstance(before, Admitted)
    assert after == Refused(401, "time")


def test_a_key_that_is_no_longer_published_signs_nothing_more():
    async def act(house):
        token = house.token(exp=int((NOW + 3 * OLD).timestamp()))
        before = await house.brings(token)
        house.identity.keys = ["second"]
        house.clock.instant = NOW + OLD + timedelta(minutes=1)
        await house.brings(token)  # the keys are fetched anew beside it
        await asyncio.sleep(0)
        await house.gate.keys.key("second")
        return before + await house.brings(token)

    before, after = acted(act)

    assert isinstance(before, Admitted)
    assert after == Refused(401, "key")


def test_another_key_of_the_same_name_has_to_hold_too(looks):
    async def act(house):
        tokens, token = Tokens(), house.token()
        first = await house.gate.keys.key("first")
        said = tokens.claims(token, "first", first)
        house.identity.keys = ["first", "second"]
        other = await Keys(house._fetch, house.clock).key("second")
        with pytest.raises(jwt.InvalidSignatureError):
            tokens.claims(token, "first", other)
        return said

    assert acted(act)["aud"] == APP
    assert len(looks) == 2


def test_so_many_are_remembered_and_no_more(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)

    async def act(house):
        tokens, key = house.gate.tokens, await house.gate.keys.key("first")
        for number in range(10):
            tokens.claims(house.token(n=number), "first", key)
        return len(tokens._held)

    assert acted(act) <= 3
