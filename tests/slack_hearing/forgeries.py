"""Requests that Slack never sent: forged, replayed, malformed. Drawn by a seed, each with its kind and a word to look for."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any
from urllib.parse import urlencode

from tests.slack import payloads
from tests.slack_hearing.house import FORM, NOW, TEAM, signed
from tests.slack_hearing.test_inbound import message
from tests.slack_hearing.test_interactions import TRIGGER, USER, at_home, press, slash

JSON = "application/json"
PATHS = ("/slack/events", "/slack/interactivity", "/slack/commands")


@dataclass(frozen=True)
class Forgery:
    kind: str
    body: bytes
    headers: Mapping[str, str]
    word: str  # stands in its text, and may stand in no log
    method: str = "POST"
    path: str = PATHS[0]


@dataclass(frozen=True)
class Real:
    """Something that Slack would send, were it signed."""

    kind: str
    body: bytes


def real_ones(word: str) -> list[Real]:
    view = {
        "id": "V1", "hash": "1.2", "type": "modal", "callback_id": "form",
        "private_metadata": '{"form":"f1","room":"C0GRUPPEN","private":false,"thread":"","aside":false}',
    }  # fmt: skip
    values = {"what": {"value": {"type": "plain_text_input", "value": word}}}
    events = [
        message(f"<@U0METODCO> {word}"),
        message(word, room="D0ANNA", kind="im"),
        payloads.changed(message("tid", room="D0ANNA", kind="im"), word, "1763631100.000200"),
        {"type": "member_joined_channel", "user": "U0METODCO", "channel": "C0GRUPPEN", "word": word},
        {"type": "app_uninstalled", "word": word},
    ]
    interactions = [
        press(f"press:{word}"),
        {**at_home(), "trigger_id": "2.2"},
        payloads.view_submission(USER, view, values, trigger=TRIGGER),
    ]
    return [
        *(
            Real(JSON, json.dumps(payloads.envelope(one, f"Ev{number}{word}", NOW.timestamp())).encode())
            for number, one in enumerate(events)
        ),
        *(Real(FORM, urlencode({"payload": json.dumps(one)}).encode()) for one in interactions),
        Real(FORM, urlencode(slash(word)).encode()),
    ]


def forgeries(seed: str, count: int) -> Iterator[Forgery]:
    """Return *count* of them, of each kind in turn."""
    draw = Random(seed)
    for number in range(count):
        word = f"hemligt{number}ord{draw.getrandbits(40):x}"
        make = _KINDS[number % len(_KINDS)]
        found = make(draw, draw.choice(real_ones(word)), word)
        yield Forgery(
            make.__name__.strip("_"), found.body, found.headers, word, found.method, draw.choice(PATHS)
        )


Draft = Forgery
Kind = Callable[[Random, Real, str], Draft]


def _draft(body: bytes, headers: Mapping[str, str], method: str = "POST") -> Draft:
    return Forgery("", body, headers, "", method)


def _signed(real: Real, body: bytes | None = None) -> dict[str, str]:
    return signed(real.body if body is None else body, NOW, kind=real.kind)


# ---------------------------------------------------------------------------------------------- not signed by Slack


def _unsigned(draw: Random, real: Real, word: str) -> Draft:
    headers = _signed(real)
    for name in draw.choice([("X-Slack-Signature",), ("X-Slack-Request-Timestamp",), tuple(headers)[1:]]):
        del headers[name]
    return _draft(real.body, headers)


def _signed_by_another(draw: Random, real: Real, word: str) -> Draft:
    return _draft(real.body, signed(real.body, NOW, kind=real.kind, secret=draw.choice([word, "", "0" * 32])))


def _strange_signature(draw: Random, real: Real, word: str) -> Draft:
    right = _signed(real)["X-Slack-Signature"]
    at = draw.randrange(3, len(right))
    other = draw.choice([
        right[:at] + draw.choice("0123456789abcdef".replace(right[at], "")) + right[at + 1 :],
        right.upper(), right.removeprefix("v0="), right.replace("v0", "v1"), right[:at], right + "0", "v0=", "",
        f"{right},{right}", "v0=" + "é" * 64, right[::-1], "v0=" + word,
    ])  # fmt: skip
    return _draft(real.body, _signed(real) | {"X-Slack-Signature": other})


def _changed_on_the_way(draw: Random, real: Real, word: str) -> Draft:
    at = draw.randrange(len(real.body))
    body = draw.choice([
        real.body[:at] + bytes([real.body[at] ^ draw.choice([1, 2, 4, 32, 128])]) + real.body[at + 1 :],
        real.body[:at], real.body + b" ", b" " + real.body, real.body * 2, b"",
        real.body.replace(word.encode(), b"annat"),
    ])  # fmt: skip
    return _draft(body if body != real.body else b"x", _signed(real))


def _of_another_time(draw: Random, real: Real, word: str) -> Draft:
    """A replay: signed by Slack, once."""
    far = timedelta(seconds=draw.choice([301, 600, 86_400, 86_400 * 365]))
    return _draft(real.body, signed(real.body, NOW + draw.choice([-far, far]), kind=real.kind))


def _moved_in_time(draw: Random, real: Real, word: str) -> Draft:
    """A replay with a fresh time, which isn't what was signed."""
    old = signed(real.body, NOW - timedelta(days=1), kind=real.kind)
    return _draft(real.body, old | {"X-Slack-Request-Timestamp": str(int(NOW.timestamp()))})


def _strange_time(draw: Random, real: Real, word: str) -> Draft:
    now = str(int(NOW.timestamp()))
    strange = draw.choice(
        [
            "",
            "abc",
            f"{now}.5",
            f"+{now}",
            f"-{now}",
            "1e9",
            "NaN",
            "inf",
            "9" * 40,
            f"0x{int(now):x}",
            f"{now},{now}",
            word,
        ]
    )
    return _draft(real.body, _signed(real) | {"X-Slack-Request-Timestamp": strange})


# ---------------------------------------------------------------------------------------------- signed, and no such thing


def _no_json(draw: Random, real: Real, word: str) -> Draft:
    body = draw.choice([
        f'{{"word": "{word}"', f"[{word}]", f'{{"type": {word}}}', "{" * 2000, "[" * 200_000, "", " ", "nul",
        f'{{"type": NaN, "w": "{word}"}}', '{"n": ' + "9" * 5000 + "}", f"\ufeff{{}}{word}", f'{{"{word}": "\t\n"}}',
    ]).encode()  # fmt: skip
    return _draft(body, signed(body, NOW, kind=JSON))


def _no_object(draw: Random, real: Real, word: str) -> Draft:
    body = json.dumps(
        draw.choice([[word], word, 7, None, True, [], [[[word]]], [{"type": "event_callback"}]])
    ).encode()
    if draw.random() < 0.5:
        return _draft(body, signed(body, NOW, kind=JSON))
    form = urlencode({"payload": body.decode()}).encode()
    return _draft(form, signed(form, NOW, kind=FORM))


def _no_text(draw: Random, real: Real, word: str) -> Draft:
    body = draw.choice([
        b"\xff\xfe" + real.body, real.body + b"\xc3", real.body.replace(word.encode(), b"\xf0\x28\x8c"), b"\x00\xff",
        f'{{"type": "{word}"}}'.encode("utf-16"), b"payload=%ff%fe", b"command=%c3&team_id=T000000001",
    ])  # fmt: skip
    if body == real.body:
        body = b"\xff"
    return _draft(body, _signed(real, body))


def _another_content_type(draw: Random, real: Real, word: str) -> Draft:
    kind = draw.choice(
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", "*/*", word]
    )
    return _draft(real.body, signed(real.body, NOW, kind=kind))


def _the_other_content_type(draw: Random, real: Real, word: str) -> Draft:
    return _draft(real.body, signed(real.body, NOW, kind=FORM if real.kind == JSON else JSON))


def _no_such_form(draw: Random, real: Real, word: str) -> Draft:
    payload = json.dumps(press(f"press:{word}"))
    body = urlencode(draw.choice([
        [("payload", payload), ("payload", payload)], [("payload", payload), ("more", word)], [("other", word)],
        [("payload", "")], [("payload", word)], [(f"f{one}", word) for one in range(100)],
        [*slash(word).items(), ("command", "/metodcoach")], [("command", "/metodcoach"), ("text", word)],
        [*{**slash(word), "team_id": ""}.items()], [*{**slash(word), "user_id": "u x"}.items()],
    ])).encode()  # fmt: skip
    return _draft(body, signed(body, NOW, kind=FORM))


def _too_deep(draw: Random, real: Real, word: str) -> Draft:
    deep: Any = word
    for _ in range(draw.choice([70, 200, 900])):
        deep = [deep] if draw.random() < 0.5 else {"a": deep}
    body = json.dumps(payloads.envelope({"type": "message", "blocks": deep}, "Ev1", 0)).encode()
    return _draft(body, signed(body, NOW, kind=JSON))


def _parts_of_the_wrong_kind(draw: Random, real: Real, word: str) -> Draft:
    event = payloads.envelope(message(f"<@U0METODCO> {word}"), f"Ev{word}", NOW.timestamp())
    wrong = draw.choice([7, [word], {"id": 7}, True, "x" * 2000])
    payload = draw.choice([
        {**event, "event": draw.choice([word, [word], None, 7, {}, {"type": 7}, {"type": None, "text": word}])},
        {**event, "event_id": draw.choice([7, None, [word], "", "E" * 2000])},
        {**event, "authorizations": draw.choice([word, {"team_id": TEAM}, 7, [word], [[]]])},
        {**event, "type": draw.choice([None, 7, [word], "Event_Callback", "x" * 50, ""])},
        {**event, "team": draw.choice([7, [word], True])},
        {**event, "event": {**event["event"], "user": draw.choice([7, [word], True])}},
        {**event, "event": {**event["event"], "message": draw.choice([7, [word], word])}},
        {**press(), "actions": draw.choice([[], None, word, [word], [{}], [{"action_id": wrong}], {"a": word}])},
        {**press(), "user": draw.choice([None, word, 7, {}, {"id": word}, {"id": [word]}])},
        {**press(), "container": draw.choice([7, [word], word])},
        {**press(), "type": "view_submission"},
        {**press(), "type": "view_submission", "view": draw.choice([None, word, {}, {"id": 7}, {"callback_id": "form"}])},
        {"payload": word}, {},
    ])  # fmt: skip
    body = json.dumps(payload).encode()
    if draw.random() < 0.5:
        return _draft(body, signed(body, NOW, kind=JSON))
    form = urlencode({"payload": body.decode()}).encode()
    return _draft(form, signed(form, NOW, kind=FORM))


def _of_another_workspace(draw: Random, real: Real, word: str) -> Draft:
    body = real.body.replace(TEAM.encode(), b"T9ANDRA999")
    return _draft(body, _signed(real, body))


# ---------------------------------------------------------------------------------------------- no such request


def _another_method(draw: Random, real: Real, word: str) -> Draft:
    return _draft(real.body, _signed(real), draw.choice(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]))


def _packed(draw: Random, real: Real, word: str) -> Draft:
    body = gzip.compress(real.body)
    return _draft(body, _signed(real, draw.choice([body, real.body])) | {"Content-Encoding": "gzip"})


def _too_much(draw: Random, real: Real, word: str) -> Draft:
    body = json.dumps({**payloads.envelope(message(word), "Ev1", 0), "more": "x" * (1024 * 1024)}).encode()
    return _draft(body, signed(body, NOW, kind=JSON))


def _forged_verification(draw: Random, real: Real, word: str) -> Draft:
    body = json.dumps({"type": "url_verification", "challenge": word, "token": "x"}).encode()
    return _draft(body, signed(body, NOW, kind=JSON, secret=word))


# What is big comes in one part of ten.
_OFTEN: tuple[Kind, ...] = (
    _unsigned, _signed_by_another, _strange_signature, _changed_on_the_way, _of_another_time, _moved_in_time,
    _strange_time, _no_json, _no_object, _no_text, _another_content_type, _the_other_content_type, _no_such_form,
    _too_deep, _parts_of_the_wrong_kind, _of_another_workspace, _another_method, _packed, _forged_verification,
)  # fmt: skip
_KINDS: tuple[Kind, ...] = (*_OFTEN * 10, _too_much)
