"""The gate lets in what Slack signed for this app, and nothing else; and it tells nobody what was in the rest."""

import asyncio
import copy
import io
import json
import logging
from collections import Counter as Tally
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.begun import Begun
from bot.slack.acting import Acting
from bot.slack.calls import Myself, open_connections, web_client
from bot.slack.gate import MOST_BYTES, Admitted, Answered, Gate, Refused
from bot.slack.listeners import Listeners
from content.phrases.book import Phrasebook
from tests.slack import payloads
from tests.slack_hearing.forgeries import Forgery, forgeries, real_ones
from tests.slack_hearing.house import COACH, FORM, NOW, SECRET, TEAM, At, Counter, a_house, signed
from tests.slack_hearing.test_inbound import json as any_json
from tests.slack_hearing.test_inbound import message
from tests.slack_hearing.test_interactions import press, slash

US = Myself(TEAM, COACH, "B0METODCO")
GATE = Gate(SECRET, At())
SEED = "2026-11"
SAMPLE = 600


def admitted(body, kind="application/json", **more):
    headers = CIMultiDict(signed(body, NOW, kind=kind) | more)
    return GATE.admit("POST", headers, body, US)


def encoded(payload):
    return json.dumps(payload).encode()


@pytest.mark.parametrize("number", range(len(real_ones(""))))
def test_what_slack_signed_is_let_in(number):
    real = real_ones("ord")[number]

    assert isinstance(admitted(real.body, real.kind), Admitted)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 300])
def test_a_few_minutes_between_the_clocks_do_no_harm(seconds):
    real = real_ones("ord")[0]
    headers = CIMultiDict(signed(real.body, NOW + timedelta(seconds=seconds)))

    assert isinstance(GATE.admit("POST", headers, real.body, US), Admitted)


def test_the_names_of_headers_may_be_written_in_any_case():
    real = real_ones("ord")[0]
    headers = CIMultiDict({name.lower(): value for name, value in signed(real.body, NOW).items()})

    assert isinstance(GATE.admit("POST", headers, real.body, US), Admitted)


def test_slack_hears_its_challenge_when_it_is_signed():
    body = encoded({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"})

    assert admitted(body) == Answered("3eZbrw1aB")
    assert GATE.admit("POST", CIMultiDict(), body, US) == Refused(401, "time")


@pytest.mark.parametrize("body", [b"ssl_check=1", b"token=abc&ssl_check=1", b"ssl_check=1&token=abc"])
def test_slack_may_look_at_the_certificate_unsigned(body):
    assert GATE.admit("POST", CIMultiDict(), body, US) == Answered()


@pytest.mark.parametrize(
    "body", [b"ssl_check=2", b"ssl_check=1&command=/metodcoach", b"ssl_check=1\n", b"xssl_check=1"]
)
def test_nothing_else_comes_along_with_that(body):
    assert GATE.admit("POST", CIMultiDict(), body, US) == Refused(401, "time")


def test_without_a_secret_nothing_is_let_in():
    real = real_ones("ord")[0]
    headers = CIMultiDict(signed(real.body, NOW, secret=""))

    assert Gate("", At()).admit("POST", headers, real.body, US) == Refused(401, "signature")


def test_too_much_is_refused_before_it_is_looked_at():
    body = real_ones("ord")[0].body

    assert isinstance(admitted(body + b" " * (MOST_BYTES - len(body))), Admitted)
    assert admitted(body + b" " * (MOST_BYTES - len(body) + 1)) == Refused(413, "size")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_doesnt_know_is_no_json(number):
    real = real_ones("ord")[0].body.replace(
        b'"event_time": ', b'"more": %s, "event_time": ' % number.encode()
    )

    assert admitted(real) == Refused(400, "json")


def test_the_secret_is_not_printed():
    assert SECRET not in repr(GATE)


def test_in_a_shared_channel_it_counts_whom_slack_tells():
    told = payloads.envelope(message("hej"), "Ev1", 0, team="T9ANDRA999", shared=True)
    others = payloads.envelope(message("hej"), "Ev1", 0)
    others["authorizations"][0]["team_id"] = "T9ANDRA999"

    assert isinstance(admitted(encoded(told)), Admitted)
    assert admitted(encoded(others)) == Refused(401, "workspace")


def test_a_guest_of_another_workspace_may_press_our_buttons():
    from_afar = {**press(), "team": {"id": "T9ANDRA999", "domain": "andra"}}
    from_afar["message"] = {**from_afar["message"], "team": TEAM}
    body = urlencode({"payload": json.dumps(from_afar)}).encode()

    assert isinstance(admitted(body, FORM), Admitted)


def test_a_command_of_another_workspace_is_refused():
    body = urlencode({**slash("status"), "team_id": "T9ANDRA999"}).encode()

    assert admitted(body, FORM) == Refused(401, "workspace")


# ---------------------------------------------------------------------------------------------- by the thousand


async def send_all(house, found: list[Forgery]) -> "Tally[tuple[str, int, str]]":
    """Send them, twenty at a time; return how many of each kind were answered how."""
    answers: Tally[tuple[str, int, str]] = Tally()
    places = asyncio.Semaphore(20)

    async def send(one: Forgery) -> None:
        async with (
            places,
            house.client.request(
                one.method, f"{house.url}{one.path}", data=io.BytesIO(one.body), headers=dict(one.headers)
            ) as answer,
        ):
            answers[one.kind, answer.status, (await answer.text()).strip()] += 1

    await asyncio.gather(*map(send, found))
    return answers


ANSWERS = {400: "bad request", 401: "unauthorized", 405: "method not allowed", 413: "too large"}


def refuse_all(count: int, seed: str, caplog: pytest.LogCaptureFixture) -> None:
    """Send that many to the door, and see that each is refused in fixed words, and nowhere told of."""
    caplog.set_level(logging.DEBUG)
    found = list(forgeries(seed, count))

    async def act():
        async with a_house() as house:
            answers = await send_all(house, found)
            return answers, dict(house.counter.stored), len(house.slack.calls)

    answers, stored, calls = asyncio.run(act())

    assert stored == {}
    assert calls == 1  # who we are
    wrong = {answer: n for answer, n in answers.items() if ANSWERS.get(answer[1]) != answer[2]}
    assert wrong == {}, f"drawn by {seed}"
    assert answers.total() == count
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.exc_info or ''} {vars(record)}"
        for record in caplog.records
    )
    assert "Traceback" not in logged
    assert SECRET not in logged
    assert "xoxb-1" not in logged
    assert "v0=" not in logged
    assert [one.word for one in found if one.word in logged] == []


def test_what_slack_never_sent_is_refused_and_not_told_of(caplog):
    refuse_all(SAMPLE, SEED, caplog)


def test_the_same_real_requests_are_let_in():
    """Else what is refused above might be refused for another reason."""

    async def act():
        async with a_house() as house:
            for real in real_ones("ord"):
                status, _ = await house.post(real.body, signed(real.body, NOW, kind=real.kind))
                assert status == 200
            assert len(house.counter.stored) == len(real_ones("ord"))

    asyncio.run(act())


@given(number=st.integers(0, len(real_ones("")) - 1), at=st.integers(0), sign=st.integers(1, 255))
def test_one_changed_byte_is_enough(number, at, sign):
    real = real_ones("ord")[number]
    at %= len(real.body)
    body = real.body[:at] + bytes([real.body[at] ^ sign]) + real.body[at + 1 :]

    found = GATE.admit("POST", CIMultiDict(signed(real.body, NOW, kind=real.kind)), body, US)

    assert found == Refused(401, "signature")


@given(st.binary(max_size=200), st.sampled_from(["application/json", FORM, "text/plain", ""]))
def test_any_bytes_that_are_signed_are_let_in_or_refused(body, kind):
    assert isinstance(admitted(body, kind), Refused | Answered)


def paths(found, path=()):
    """Return where each part of a payload stands."""
    yield path
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in inner:
        yield from paths(value, (*path, key))


def with_other(found, path, value):
    found = copy.deepcopy(found)
    *way, last = path
    place = found
    for key in way:
        place = place[key]
    place[last] = value
    return found


@given(st.data())
def test_whatever_a_signed_payload_holds_it_is_answered(data):
    """One or two parts of something real are of any kind at all: it is refused, left alone or taken, but never fails."""
    real = data.draw(
        st.sampled_from([one for one in real_ones("ord") if b"payload=" in one.body or one.kind != FORM])
    )
    payload = dict(admitted(real.body, real.kind).payload)
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([one for one in paths(payload) if one]))
        payload = with_other(payload, path, data.draw(any_json))
    found = admitted(encoded(payload))

    if isinstance(found, Admitted):
        assert asyncio.run(dispatched(found.payload)) in (200, 400)
    else:
        assert isinstance(found, Refused | Answered)


async def dispatched(payload) -> int:
    async def opened(account, tenant):
        return "D0ANNA"

    async def no_home(account):
        return None

    async with open_connections() as connections:
        web = web_client("xoxb-1", connections, base_url="http://127.0.0.1:9/api/")
        acting = Acting(Counter(), web, opened, Phrasebook.load(), "sv")
        listeners = Listeners(web, US, acting, At(), no_home)
        return (await listeners.dispatch(payload)).status


# ---------------------------------------------------------------------------------------------- what was begun


def test_what_was_begun_is_finished_though_nobody_waits():
    async def act():
        begun, go_on, done = Begun(), asyncio.Event(), []

        async def work():
            await go_on.wait()
            done.append("done")

        with pytest.raises(TimeoutError):
            await begun.within(0.05, work())
        go_on.set()
        await begun.finish(5)
        assert done == ["done"]

    asyncio.run(act())


def test_what_takes_too_long_at_the_end_is_let_go():
    async def act():
        begun = Begun()
        begun.later(asyncio.Event().wait())
        await asyncio.wait_for(begun.finish(0.05), 5)

    asyncio.run(act())
