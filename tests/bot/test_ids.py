"""Ids and codes, and the clock."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.ids import RandomIds


def test_an_id_may_stand_in_an_address_and_is_never_the_same():
    ids = {RandomIds().new() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.fullmatch(r"[\w-]{16}", id, re.ASCII) for id in ids)


def test_a_code_can_be_read_aloud():
    codes = {RandomIds().code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(
        re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", code) and not set(code) & set("0O1IL5S") for code in codes
    )


def test_today_is_where_the_organisation_is():
    class LateInTheEvening(SystemClock):
        def now(self) -> datetime:
            return datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert LateInTheEvening(ZoneInfo("Europe/Stockholm")).today().isoformat() == "2026-11-21"


def test_now_is_an_instant_in_utc():
    assert SystemClock(ZoneInfo("Europe/Stockholm")).now().tzinfo is UTC
