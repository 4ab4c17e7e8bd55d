"""Requests that Bot Connector never sent us: forged, expired, replayed, foreign, malformed. Drawn by a seed, each with
its kind and a word to look for."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.teams.driver import BOT, MENTION, Driver, Place, Talker
from tests.teams.identity import APP, TENANT, Identity, private_key
from tests.teams_hearing.house import ANNA, NOW, ROOM, encoded

JSON = "application/json; charset=utf-8"
FOREIGN = "99999999-bbbb-cccc-dddd-eeeeeeeeeeee"
Json = dict[str, Any]


@dataclass(frozen=True)
class Forgery:
    kind: str
    body: bytes
    headers: Mapping[str, str]
    word: str  # stands in its text, and may stand in no log
    method: str = "POST"


@dataclass(frozen=True)
class Forger:
    """`service` is where activities are answered, `identity` who signs."""

    service: str
    identity: Identity

    def real_ones(self, word: str, who: Talker = ANNA) -> list[Json]:
        """Return what Teams would send, were it signed: one activity of each kind."""
        driver = Driver(str, self.service, self.identity, lambda: NOW, None)  # type: ignore[arg-type]
        named = [{"type": "mention", "mentioned": BOT, "text": MENTION}]

        def of(scope: Any, room: str = ROOM, **more: Any) -> Json:
            thread = "1700000000001" if scope == "channel" else ""
            return driver.activity(who, Place(room, scope, thread)) | {"id": f"17000{word}"} | more

        private = who.private
        action = {"type": "Action.Execute", "verb": "press", "data": {"b": f"b{word}"}}
        answer = {"type": "Action.Execute", "verb": "answer", "data": {"n": "n1", "answer": word}}
        filled = {"data": {"f": "f1", "n": "n1", "t": "", "field:what": word}, "context": {}}
        deleted = of("personal", private, type="messageDelete")
        deleted["channelData"] |= {"eventType": "softDeleteMessage"}
        edited = of("personal", private, type="messageUpdate", text=word)
        edited["channelData"] |= {"eventType": "editMessage"}
        return [
            of("channel", type="message", text=f"{MENTION} {word}", entities=named),
            of("personal", private, type="message", text=word),
            of("groupChat", type="message", text=f"{MENTION} {word}", entities=named),
            of("personal", private, type="message", value={"b": word}, replyToId="1"),
            edited,
            deleted,
            of("channel", type="conversationUpdate", membersAdded=[BOT], topicName=word),
            of("personal", private, type="installationUpdate", action="add", word=word),
            of("channel", type="invoke", name="adaptiveCard/action", value={"action": action}, replyToId="1"),
            of("channel", type="invoke", name="adaptiveCard/action", value={"action": answer}, replyToId="1"),
            of("channel", type="invoke", name="task/fetch", value={"data": {"b": word}}, replyToId="1"),
            of("channel", type="invoke", name="task/submit", value=filled),
        ]

    def headers(self, activity: Json, *, key: str = "first", **claims: Any) -> dict[str, str]:
        token = self.identity.token(str(activity.get("serviceUrl")), NOW, key=key, **claims)
        return {"Authorization": f"Bearer {token}", "Content-Type": JSON}

    def forgeries(self, seed: str, count: int) -> Iterator[Forgery]:
        """Return *count* of them, of each kind in turn."""
        draw = Random(seed)
        for number in range(count):
            word = f"hemligt{number}ord{draw.getrandbits(40):x}"
            make = KINDS[number % len(KINDS)]
            found = make(self, draw, draw.choice(self.real_ones(word)), word)
            yield Forgery(make.__name__.strip("_"), found.body, found.headers, word, found.method)


Draft = Forgery
Kind = Callable[[Forger, Random, Json, str], Draft]


def _draft(body: bytes, headers: Mapping[str, str], method: str = "POST") -> Draft:
    return Forgery("", body, headers, "", method)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": JSON}


def _claims(activity: Json) -> Json:
    now = NOW.timestamp()
    return {
        "iss": "https://api.botframework.com", "aud": APP, "serviceurl": activity["serviceUrl"],
        "nbf": int(now) - 300, "exp": int(now) + 3600,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------ not signed by Bot Connector


def _unsigned(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    said = draw.choice(["", "Bearer", "Bearer ", f"Bearer {word}", f"Basic {word}", "Bearer a.b.c", "Bearer ..", "bearer null",
                        "Bearer " + "x" * 20_000])  # fmt: skip
    headers = {"Content-Type": JSON} | ({"Authorization": said} if said else {})
    return _draft(encoded(real), headers)


def _signed_by_another(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    key = private_key("stranger")
    head = {"kid": draw.choice(["first", "stranger", "elsewhere", word, ""])}
    return _draft(encoded(real), _bearer(jwt.encode(_claims(real), key, algorithm="RS256", headers=head)))


@cache
def _public() -> bytes:
    return private_key("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _another_algorithm(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    how = draw.choice(["none", "HS256", "RS512", "PS256"])
    head = {"alg": how, "typ": "JWT", "kid": "first"}
    if how in ("RS512", "PS256"):
        token = jwt.encode(_claims(real), private_key("first"), algorithm=how, headers={"kid": "first"})
    else:
        said = f"{_part(head)}.{_part(_claims(real))}"
        mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(said.encode(), _public())
        token = f"{said}." + ("" if how == "none" else base64.urlsafe_b64encode(mac).decode().rstrip("="))
    return _draft(encoded(real), _bearer(token))


def _part(said: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def _a_key_of_its_own(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    """The token says where its key is: nobody looks there."""
    own: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key("stranger").public_key()))
    head = draw.choice([
        {"kid": "first", "jwk": own}, {"kid": "stranger", "jku": f"{by.service}keys"}, {"kid": "x", "x5u": "http://127.0.0.1:9/"},
        {"kid": "first", "crit": ["exp"]}, {"kid": f"../../{word}"}, {"kid": "first\u0000"},
    ])  # fmt: skip
    return _draft(
        encoded(real),
        _bearer(jwt.encode(_claims(real), private_key("stranger"), algorithm="RS256", headers=head)),
    )


def _changed_on_the_way(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    head, claims, sign = by.headers(real)["Authorization"].removeprefix("Bearer ").split(".")
    other = _part(_claims(real) | {"exp": int(NOW.timestamp()) + 10**6})
    at = draw.randrange(len(sign) - 4)
    turned = sign[:at] + ("A" if sign[at] != "A" else "B") + sign[at + 1 :]
    token = draw.choice([
        f"{head}.{other}.{sign}", f"{head}.{claims}.{turned}", f"{head}.{claims}.", f"{head}.{claims}", f"{head}..{sign}",
        f"{claims}.{head}.{sign}", f"{head}.{claims}.{sign}.{sign}", f"{head}.{claims}.{sign[::-1]}",
    ])  # fmt: skip
    return _draft(encoded(real), _bearer(token))


# ------------------------------------------------------------------------------------------ signed, and not for us or now


def _expired(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    """A replay: all of it was right once."""
    ago = draw.choice([301, 600, 86_400, 86_400 * 365])
    return _draft(encoded(real), by.headers(real, exp=int((NOW - timedelta(seconds=ago)).timestamp())))


def _strange_time(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    now = int(NOW.timestamp())
    claims = draw.choice([
        {"exp": None}, {"exp": str(now + 3600)}, {"exp": True}, {"exp": [now + 3600]}, {"exp": 10**15}, {"exp": -1},
        {"exp": word}, {"nbf": now + 301}, {"nbf": now + 86_400}, {"nbf": word}, {"nbf": False}, {"exp": {"a": 1}},
    ])  # fmt: skip
    return _draft(encoded(real), by.headers(real, **claims))


def _of_another_issuer(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    issuer = draw.choice([
        f"https://sts.windows.net/{TENANT}/", f"https://login.microsoftonline.com/{TENANT}/v2.0", "https://api.botframework.us",
        "https://api.botframework.com/", "http://api.botframework.com", "HTTPS://API.BOTFRAMEWORK.COM", "", None, word,
        ["https://api.botframework.com"], "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
    ])  # fmt: skip
    token = jwt.PyJWS().encode(
        json.dumps(_claims(real) | {"iss": issuer}).encode(), private_key("first"), "RS256", {"kid": "first"}
    )
    return _draft(encoded(real), _bearer(token))


def _for_another_bot(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    audience = draw.choice([
        "99999999-2222-3333-4444-555555555555", APP.upper().replace("1", "I"), f"api://{APP}", "", None, word, [APP],
        [APP, word], "https://api.botframework.com",
    ])  # fmt: skip
    return _draft(encoded(real), by.headers(real, aud=audience))


def _of_another_address(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    """Signed for one address; the activity says another, or neither is one that we answer at."""
    other = draw.choice([
        "https://evil.example/", f"https://{word}.example/", "http://169.254.169.254/metadata/", "https://smba.trafficmanager.net.evil.example/",
        "https://smba.trafficmanager.net@evil.example/", "file:///etc/passwd", "", "smba.trafficmanager.net",
    ])  # fmt: skip
    changed = draw.choice([real, real | {"serviceUrl": other}])
    claim = (
        by.service
        if changed is not real and draw.random() < 0.5
        else draw.choice([other, None, [by.service], 7])
    )
    if changed is real and claim == by.service:
        claim = other
    return _draft(encoded(changed), by.headers(changed, serviceurl=claim))


def _of_another_channel(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    if draw.random() < 0.4:
        return _draft(encoded(real), by.headers(real, key="elsewhere"))
    channel = draw.choice(["emulator", "webchat", "directline", "MSTEAMS", "msteams ", word, "skype"])
    return _draft(encoded(real | {"channelId": channel}), by.headers(real))


def _of_another_tenant(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    conversation, data = dict(real["conversation"]), dict(real["channelData"])
    match draw.randrange(5):
        case 0:
            conversation["tenantId"] = FOREIGN
        case 1:
            data["tenant"] = {"id": FOREIGN}
        case 2:
            conversation["tenantId"], data["tenant"] = FOREIGN, {"id": FOREIGN}
        case 3:
            del conversation["tenantId"], data["tenant"]
        case _:
            conversation["tenantId"], data["tenant"] = (
                draw.choice([[TENANT, FOREIGN], {"id": TENANT}, 7, word]),
                None,
            )
    return _draft(encoded(real | {"conversation": conversation, "channelData": data}), by.headers(real))


# ------------------------------------------------------------------------------------------ signed, and no such thing


def _no_json(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    body = draw.choice([
        f'{{"word": "{word}"', f"[{word}]", f'{{"type": {word}}}', "{" * 2000, "[" * 200_000, "", " ", "nul", word,
        f'{{"type": NaN, "w": "{word}"}}', '{"n": ' + "9" * 5000 + "}", f"\ufeff{{}}{word}", f'{{"{word}": "\t\n"}}',
        json.dumps([real]), json.dumps(word), "7", "null", "[]", "{}", f"type={word}",
    ]).encode()  # fmt: skip
    return _draft(body, by.headers(real))


def _no_text(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    body = encoded(real)
    return _draft(draw.choice([b"\xff\xfe" + body, body + b"\xc3", body.replace(word.encode(), b"\xf0\x28\x8c") + b"\xff", b"\x00\xff",
                               json.dumps(real).encode("utf-16")]), by.headers(real))  # fmt: skip


def _another_content_type(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    kind = draw.choice(
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", "*/*", word]
    )
    return _draft(encoded(real), by.headers(real) | {"Content-Type": kind})


def _too_deep(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    deep: Any = word
    for _ in range(draw.choice([70, 200, 900])):
        deep = [deep] if draw.random() < 0.5 else {"a": deep}
    return _draft(encoded(real | {"value": deep}), by.headers(real))


def _parts_of_the_wrong_kind(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    strange = draw.choice([7, [word], True, [[]], {"id": 7}])
    changed = draw.choice([
        {"type": draw.choice([7, None, [word], "", "a b", "x" * 50, {"a": word}])}, {"from": draw.choice([word, [], None, {}, {"id": 7}])},
        {"conversation": draw.choice([word, [word], None, {}, {"id": ""}, {"id": [word]}])}, {"recipient": draw.choice([7, word, {"id": None}])},
        {"channelData": draw.choice([word, [word], 7])}, {"attachments": draw.choice([word, 7, [word], {"a": 1}])},
        {"entities": draw.choice([word, [7], {"a": word}])}, {"membersAdded": draw.choice([word, [word]])}, {"text": strange},
        {"id": draw.choice([7, "", [word], "x" * 600, "a\nb"])}, {"replyToId": strange}, {"name": strange}, {"timestamp": strange},
        {"serviceUrl": draw.choice([7, None, [word]])}, {"channelId": draw.choice([7, None, ""])}, {"locale": strange}, {"action": strange},
    ])  # fmt: skip
    return _draft(encoded(real | changed), by.headers(real))


# ------------------------------------------------------------------------------------------ no such request


def _another_method(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    return _draft(encoded(real), by.headers(real), draw.choice(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]))


def _packed(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    how = draw.choice(["gzip", "deflate", "br", word])
    return _draft(gzip.compress(encoded(real)), by.headers(real) | {"Content-Encoding": how})


def _too_much(by: Forger, draw: Random, real: Json, word: str) -> Draft:
    return _draft(encoded(real | {"more": "x" * 256 * 1024}), by.headers(real))


# What is big comes in one part of ten.
_OFTEN: tuple[Kind, ...] = (
    _unsigned, _signed_by_another, _another_algorithm, _a_key_of_its_own, _changed_on_the_way, _expired, _strange_time,
    _of_another_issuer, _for_another_bot, _of_another_address, _of_another_channel, _of_another_tenant, _no_json, _no_text,
    _another_content_type, _too_deep, _parts_of_the_wrong_kind, _another_method, _packed,
)  # fmt: skip
KINDS: tuple[Kind, ...] = (*_OFTEN * 10, _too_much)
