"""Nothing that a group hasn't shared is seen outside it: every way in is listed from the program itself, and tried.

A new word, button, file, address or command makes one of these fail until it is said here how it is tried.
"""

import ast
import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import feeds, file_links
from bot.call import Call
from bot.cli import commands as command_line
from bot.ics import ics
from bot.made_files import MAKERS, MadeFiles
from bot.metrics import Metrics
from bot.usecases.borders import NAMES_A_JOURNEY
from bot.usecases.commands import COMMANDS
from bot.usecases.export import export
from bot.usecases.feed import feed_of
from bot.usecases.file_kinds import DOCUMENTS, KINDS, REGISTRAR, TABLES
from bot.usecases.opening_forms import FORMS, OWN, REASONED
from bot.web import application
from content.words import commands as words_for_commands
from dialogs.files import FileOut, Recipe
from dialogs.messages import Press
from dialogs.model.answers import Address
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk
from tests.conversation.ways_in import (
    ARGUMENTS,
    BESIDE_IT,
    GROUPS,
    OTHERS,
    OURS,
    OUTSIDE,
    SECRET,
    SISTER,
    actions,
    begin,
    leaks,
    sayings,
    tell_secrets,
)  # fmt: skip

READ_AT_A_SHELL = {
    "document effects", "records list", "person export", "audit export","export", "register export", "register web", "document list", "document write", "calendar write", "calendar link"}  # fmt: skip
"""Commands that write out what a group has, or an address of it: each is told which group, and asked for another's."""
OF_THE_OPERATOR = {
    "chat", "serve", "doctor", "tick", "admin add", "admin invite", "calendar unlink", "db upgrade", "db backup", "db restore",
    "db index", "meetings import", "meetings list", "meetings add", "meetings drop", "outbox list", "outbox retry", "outbox drop",
    "pack new", "pack check", "pack install", "pack list", "pack show", "pack retire", "pack upgrade", "pack walk",
    "pack rehearse", "pack draw", "pack schema", "unit add", "unit list", "unit close", "unit rename", "unit body",
    "body add", "body list", "body close", "person add", "person list", "person role", "person rename", "person remove",
    "reminders list", "register import", "secret key", "secret keep", "secret list", "secret drop", "secret renew",
    "teams package", "audit verify", "disposal log", "disposal plan", "disposal rule", "disposal rules", "disposal run",
    "disposal wipe", "hold add", "hold list", "hold remove", "person erase", "records number",
}  # fmt: skip
"""What shows nothing that a group has written: names, dates, counts, methods."""

ADDRESSES = {"/healthz", "/readyz", "/metrics", feeds.PATH, file_links.PATH}
"""What is answered under an address of our own. A door's take in, and answer that they have."""

BY_THEIR_BUTTON = {
    "calendar",
    "table-lines",
    "pack-drawing",
    "pack-slips",
    "pack-outline",
    "pack-new",
    "pack-year",
}
"""Files that hold nothing of a group's but dates, or only what whoever presses has sent."""


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    def told(talk: Talk) -> None:
        begin(talk)
        tell_secrets(talk)

    talk = begun_once(Talk, tmp_path / "coach.db", "every way in", told)
    yield talk
    talk.close()


def journey_of(talk: Talk, group: str) -> str:
    with talk.uow() as uow:
        return next(ref.id for ref in uow.journeys.all() if ref.group_name == group)


# --- what there is ---


def test_every_word_every_file_every_address_and_every_command_is_known_here(talk: Talk):
    assert set(COMMANDS) == set(words_for_commands())
    assert {one.takes for one in words_for_commands().values()} == set(ARGUMENTS)
    assert set(MAKERS) == set(KINDS)
    assert _addresses(talk) == ADDRESSES
    assert _command_line(command_line(Call())) == READ_AT_A_SHELL | OF_THE_OPERATOR


def tried_actions() -> frozenset[str]:
    """Return every action that a button is written with, and every one that a press is taken for: a new one is tried too."""
    taken = {
        node.value
        for case in ast.walk(ast.parse(Path("bot/usecases/presses.py").read_text(encoding="utf-8")))
        if isinstance(case, ast.match_case)
        for node in ast.walk(case.pattern)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return frozenset(actions() | FORMS | OWN | REASONED | taken)


def _addresses(talk: Talk) -> set[str]:
    async def never(_: object) -> None:
        return None

    async def ready() -> str:
        return ""

    about = {"clock": talk.clock, "book": talk.book, "language": "sv"}
    routes = [
        *feeds.routes(never, shelf=talk.shelf, **about),  # type: ignore[arg-type]
        *file_links.routes(never, files=_files(talk), **about),  # type: ignore[arg-type]
    ]
    app = application(why_not_ready=ready, figures=None, metrics=Metrics(), routes=routes)
    names = {"feeds.routes(", "file_links.routes("}
    served = Path("bot/serving.py").read_text(encoding="utf-8")
    assert {name for name in names if name in served} == names
    assert served.count(".routes(") == len(names) + 1  # and the doors' own
    return {_path(route) for route in app.router.routes() if route.method == "GET"}


def _path(route: web.AbstractRoute) -> str:
    info = route.resource.get_info() if route.resource is not None else {}
    found = info.get("path") or info["formatter"]
    return next((one for one in ADDRESSES if one.split("{")[0] == found.split("{")[0]), found)


def _command_line(app: typer.Typer, before: str = "") -> set[str]:
    named = {f"{before}{one.name}" for one in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        named |= _command_line(group.typer_instance, f"{group.name} ")
    return named


def _files(talk: Talk) -> MadeFiles:
    return MadeFiles(talk.shelf, talk.clock, talk.book, "sv")


# --- words ---


@pytest.mark.e2e
@pytest.mark.parametrize("who", OUTSIDE)
def test_no_word_brings_it_to_anybody_else(talk: Talk, who: str):
    """In their own channel, and in private; each word with everything that such a word takes."""
    found = {}
    for said in sayings():
        told = [talk.privately(who, said), talk.privately(who, "avbryt")]
        if OUTSIDE[who]:
            told += [talk.says(who, said, room=OUTSIDE[who]), talk.says(who, "avbryt", room=OUTSIDE[who])]
        if leaked := [text for one in told for text in leaks(one)]:
            found[said] = leaked

    assert found == {}


def test_some_words_that_show_it_to_its_own_group_show_it_to_nobody_else(talk: Talk):
    for said in (
        "lista exempel",
        "visa träffen",
        "visa handboken",
        "lista stöd och råd",
        "1.2",
        "exempel: bygger",
    ):
        assert SECRET in talk.says("Ada", said, room=OURS).text, said
        for who, room in (("Bo", SISTER), ("Cia", OTHERS)):
            assert leaks(talk.says(who, said, room=room)) == []
        for who in ("Dan", "Eva", "Fia"):
            assert leaks(talk.privately(who, said)) == []


def test_in_the_queue_of_the_organisation_another_group_sees_since_when_somebody_waits_and_no_more(
    talk: Talk,
):
    told = talk.says("Bo", "lista stöd och råd", room=SISTER)

    assert {"queue-is", "queue-others"} <= told.keys
    assert SECRET not in told.text


# --- buttons ---


def arguments(talk: Talk, journey: str) -> Sequence[str]:
    """Return what a button's argument may be: a record, a page of a register, a group, a document, words, a file."""
    with talk.uow() as uow:
        whole = uow.journeys.whole(journey)
    records = [one.id for kept in whole.records.values() for one in kept]
    pages = [f"{register}:0:" for register in ("exempel", "punkter", "stod")]
    files = [
        f"{kind}:sv:{about}" for kind in (*DOCUMENTS, *TABLES) for about in ("traff", "register:punkter")
    ]
    return ["", journey, *records, *pages, f"0:{BESIDE_IT}", "traff", "waits", *files]


@pytest.mark.e2e
@pytest.mark.parametrize("who", OUTSIDE)
def test_no_stolen_button_brings_it_to_anybody_else(talk: Talk, who: str):
    """Every action with everything that it may be about, pressed in one's own channel and in private."""
    ours = journey_of(talk, "Våra")
    about = arguments(talk, ours)
    with talk.uow() as uow:
        room = uow.journeys.room(ours)
        assert room is not None
        presses = [
            Press(action, address, argument)
            for action in sorted(tried_actions())
            for address in (None, Address("fungerar"), Address("min-syn"))
            for argument in (about if address is None else ("", ours))
        ]
        buttons = {
            uow.buttons.put(press, journey=journey, room=room.id, at=talk.clock.now()): press
            for press in presses
            for journey in (("",) if press.action in NAMES_A_JOURNEY and press.argument == ours else (ours,))
        }
        uow.commit()
    found = {}
    for button, press in buttons.items():
        told = [talk.presses(who, button, in_private=True)]
        if OUTSIDE[who]:
            told.append(talk.presses(who, button, room=OUTSIDE[who]))
        if any(leaks(one) for one in told):
            found[press] = [one.text for one in told]

    assert found == {}


def test_a_button_that_was_stolen_shows_nothing_and_names_nobody(talk: Talk):
    ours = journey_of(talk, "Våra")
    page = (
        talk.says("Ada", "lista punkter", room=OURS).buttons
        + talk.says("Ada", "visa exempel 1", room=OURS).buttons
    )
    with talk.uow() as uow:
        room = uow.journeys.room(ours)
        assert room is not None
        stolen = uow.buttons.put(
            Press("register-page", None, "punkter:0:"), journey=ours, room=room.id, at=talk.clock.now()
        )  # fmt: skip
        uow.commit()

    for button in (*page, stolen):
        told = talk.presses("Bo", button, room=SISTER)
        assert "old-button" in told.keys
        assert SECRET not in told.text
        assert "Våra" not in told.text


# --- files, feeds, links, exports ---


def test_no_file_of_the_groups_is_made_for_anybody_else(talk: Talk):
    ours, files = journey_of(talk, "Våra"), _files(talk)
    talk.privately("Eva", "hjälp")
    asking = people(talk, "Ada", *OUTSIDE)
    assert {name for name, _ in asking} == {"Ada", *OUTSIDE}
    abouts = {
        **dict.fromkeys(DOCUMENTS, "traff"),
        **dict.fromkeys(TABLES, "register:punkter"),
        "invitation": "",
    }
    with talk.uow() as uow:
        year = f"{uow.journeys.head(ours).organisation}/2026-01-01/2026-12-31"
    abouts |= dict.fromkeys(REGISTRAR, year)
    of_groups = [kind for kind in KINDS if kind not in BY_THEIR_BUTTON]
    for kind in of_groups:
        about = abouts.get(kind, "")
        for name, id in asking:
            if name != "Ada":
                assert files.make(Recipe(kind, id, ours, about, "sv"), talk.uow()) is None, (kind, name)
    text = files.make(Recipe("document-md", dict(asking)["Ada"], ours, "traff", "sv"), talk.uow())
    assert text is not None
    assert SECRET in text.decode()


def people(talk: Talk, *names: str) -> list[tuple[str, str]]:
    """Return (name, id) of everybody who is called one of these: Dan is one person in each organisation that he came to."""
    with talk.uow() as uow:
        return [(name, one.id) for name in names for one in uow.people.named(name, None)]


def test_no_feed_and_no_link_tells_it_to_anybody_else_nor_to_who_has_left(talk: Talk):
    ours = journey_of(talk, "Våra")
    asking = people(talk, *OUTSIDE)
    with talk.uow() as uow:
        for name, id in asking:
            for journey in ("", ours):
                feed = feed_of(id, journey, uow=uow, shelf=talk.shelf, clock=talk.clock, book=talk.book)
                assert feed is None or SECRET not in ics(feed, now=talk.clock.now()).decode(), (name, journey)
    files, left = _files(talk), dict(asking)["Fia"]
    secret = "a" * 40
    with talk.uow() as uow:
        recipe = Recipe("document-md", left, ours, "traff", "sv")
        file = FileOut("traff.md", "text/markdown", "", recipe, "")
        uow.file_links.put(
            secret, file, organisation=None, at=talk.clock.now(), until=talk.clock.now().replace(year=2030)
        )
        uow.commit()

    async def read(look):
        return look(talk.uow())

    [route] = file_links.routes(read, files=files, clock=talk.clock, book=talk.book, language="sv")

    async def ask() -> tuple[int, str]:
        app = web.Application()
        app.add_routes([route])
        async with TestClient(TestServer(app)) as client:
            answer = await client.get(file_links.PATH.split("{")[0] + secret)
            return answer.status, await answer.text()

    status, text = asyncio.run(ask())
    assert status == 404
    assert SECRET not in text


def test_no_export_of_another_group_and_no_handbook_of_another_organisation_holds_it(talk: Talk):
    ports = {"shelf": talk.shelf, "book": talk.book, "clock": talk.clock, "language": "sv"}
    texts = {}
    for name in ("Våra", "Systrar", "Andra"):
        made = export(journey_of(talk, name), uow=talk.uow(), **ports)
        texts[name] = made.json + made.markdown

    assert {name: SECRET in text for name, text in texts.items()} == {
        "Våra": True, "Systrar": False, "Andra": False,
    }  # fmt: skip


def test_the_clock_tells_it_to_nobody_else(talk: Talk):
    """Reminders, nudges, overviews and offers of five weeks."""
    talk.privately("Dan", "översikt måndagar")
    for _ in range(35):
        talk.clock.day += timedelta(days=1)
        talk.desk.tick()
        assert leaks(talk.hear()) == []


# --- and what is shared ---


def test_what_is_shared_is_seen_and_only_that(talk: Talk):
    talk.says("Ada", "dela exempel 1: organisationen", room=OURS)

    with talk.uow() as uow:
        homes = {ref.group_name: ref.organisation for ref in uow.journeys.all()}
    assert homes["Våra"] == homes["Systrar"] != homes["Andra"]
    told = talk.says("Bo", f"exempel: {SECRET}", room=SISTER)
    assert f"{SECRET} exempel" in told.text
    assert f"{SECRET} utmaningar" not in told.text
    assert f"{SECRET} exempel" not in talk.says("Cia", f"exempel: {SECRET}", room=OTHERS).text
    talk.says("Ada", "sluta dela exempel 1", room=OURS)
    assert f"{SECRET} exempel" not in talk.says("Bo", f"exempel: {SECRET}", room=SISTER).text


def test_a_lesson_is_read_in_the_handbooks_of_those_whom_it_is_shared_with_and_nowhere_else(talk: Talk):
    lesson = f"{SECRET} lardomar"
    read = {"Bo": SISTER, "Cia": OTHERS}

    def readers() -> set[str]:
        files, asking = _files(talk), dict(people(talk, *read))
        found = set()
        for who, room in read.items():
            recipe = Recipe("document-md", asking[who], journey_of(talk, GROUPS[who]), "handbok", "sv")
            made = files.make(recipe, talk.uow())
            assert made is not None
            told = talk.says(who, "visa handboken", room=room).text
            assert (lesson in told) is (lesson in made.decode())
            found |= {who} if lesson in told else set()
            for said in ("lista lärdomar", "visa lärdomar 1", "ändra post lärdomar 1", f"exempel: {SECRET}"):
                assert lesson not in talk.says(who, said, room=room).text
        return found

    assert readers() == set()
    for how, whom in (("organisationen", {"Bo"}), ("alla", {"Bo", "Cia"}), ("gruppen", set())):
        talk.says("Ada", f"dela lärdomar 1: {how}", room=OURS)
        assert readers() == whom
    talk.says("Ada", "dela lärdomar 1: Bolaget", room=OURS)
    assert readers() == {"Cia"}
    talk.says("Ada", "sluta dela lärdomar 1", room=OURS)
    assert readers() == set()
