"""A link to a file leads to it for a day, for whoever may read it then; and tells nobody else anything."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from bot.file_links import disposition
from bot.usecases.handing_out import LINK_HOLDS
from tests.conversation.workplace import Workplace
from tests.files.office import METRICS, fetched
from tests.files.test_asking import LINK, SITE

DAY = timedelta(days=1)


@pytest.fixture
def path(teams: Workplace) -> str:
    """The path of a link of Bo's."""
    button = teams.mentions("Ada", "hämta planen som text").buttons[0]
    teams.public_url = SITE
    [path] = LINK.findall(teams.presses("Bo", button).text)
    return str(path)


def test_the_file_comes_under_its_name_and_nobody_keeps_or_shows_it(teams: Workplace, path: str):
    status, headers, content = fetched(teams, path)

    assert status == 200
    assert content.decode().startswith("# Handlingsplan\n")
    assert headers["Content-Type"] == "text/markdown; charset=utf-8"
    name = "handlingsplan-arbetsgruppen-2026-09-01.md"
    assert headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers


def test_it_can_be_opened_again_within_the_day_and_shows_what_holds_then(teams: Workplace, path: str):
    teams.says("Ada", "ändra 1.1: Vi vill ännu mer.")

    assert [fetched(teams, path)[0] for _ in range(3)] == [200] * 3
    assert "ännu mer" in fetched(teams, path)[2].decode()


def test_a_look_at_the_head_brings_no_body_and_a_range_the_whole(teams: Workplace, path: str):
    whole = fetched(teams, path)

    assert fetched(teams, path, "HEAD")[::2] == (200, b"")
    status, headers, content = fetched(teams, path, Range="bytes=0-3")
    assert (status, headers["Accept-Ranges"], content) == (200, "none", whole[2])
    assert fetched(teams, path, "POST")[0] == 405


def test_after_a_day_it_says_that_it_has_run_out(teams: Workplace, path: str):
    teams.clock.day += LINK_HOLDS

    status, headers, page = fetched(teams, path)

    assert status == 410
    assert "dygn" in page.decode()
    assert b"Handlingsplan" not in page
    assert headers["Content-Type"].startswith("text/html")
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_who_has_left_learns_no_more_than_whoever_guesses(teams: Workplace, path: str):
    forged = f"/files/{'x' * 40}"
    teams.says("Ada", "ta bort person: Bo")

    left, guessed = fetched(teams, path), fetched(teams, forged)

    assert left[0] == guessed[0] == 404
    assert left[2] == guessed[2]
    assert {**left[1], "Date": ""} == {**guessed[1], "Date": ""}


@pytest.mark.parametrize("path", ["/files/short", "/files/", f"/files/{'å' * 40}", f"/files/../{'x' * 40}"])
def test_what_is_no_link_is_not_found(teams: Workplace, path: str):
    assert fetched(teams, path)[0] == 404


def test_the_secret_is_in_no_figure(teams: Workplace, path: str):
    fetched(teams, path)

    assert "/files/{secret}" in METRICS.text()
    assert path not in METRICS.text()


def test_nothing_of_the_file_is_logged(teams: Workplace, path: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")

    fetched(teams, path)

    assert "Vi vill" not in caplog.text
    assert path.rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize("name", ['å"; x=".exe', "plan\r\nSet-Cookie: a=b.md", "åäö .md", "%41.md"])
def test_whatever_a_file_is_called_its_header_is_one(name: str):
    said = disposition(name)

    assert said.isascii()
    assert said.isprintable()
    plain, whole = said.removeprefix('attachment; filename="').split("\"; filename*=UTF-8''")
    assert not set('";\\') & set(plain)
    assert unquote(whole) == name


def test_links_that_ran_out_long_ago_are_forgotten(teams: Workplace, path: str):
    teams.clock.day += 31 * DAY + LINK_HOLDS
    button = teams.mentions("Ada", "hämta planen som text").buttons[0]

    teams.presses("Ada", button)

    assert len(teams.rows("select * from file_link")) == 1
    assert fetched(teams, path)[0] == 404
