"""What the clock has to say arrives in Teams: in private and in the channel, where nobody has spoken since the start."""

from datetime import date, timedelta

import pytest

from tests.e2e.test_teams_conversation import BO, KARIN, group, stage
from tests.teams.stage import TeamsStage

__all__ = ["group", "stage"]  # fixtures
pytestmark = pytest.mark.e2e
MONDAY = date(2026, 9, 7)


def test_the_weekly_nudge_comes_to_whoever_leads_in_their_private_chat(group: TeamsStage):
    group.privately(KARIN, "hjälp")
    private = group.town.talkers[KARIN].private

    kept = group.journey()
    assert kept is not None
    said = group.kept.book.text("nudge-heading", "sv", group=kept[1].group_name)

    group.day(MONDAY)  # with a program that has to look up where its rooms are
    group.town.until(lambda: any(said in one.text for one in group.town.connector.in_room(private)))

    assert not any(said in one.text for one in group.town.connector.in_room(group.town.room))
    keys = [key for key in group.town.connector.posted if key]
    assert len(keys) == len(set(keys))


def test_a_round_whose_last_day_is_past_is_closed_before_all_in_the_channel(group: TeamsStage):
    group.says(BO, "Vi vill mer.")
    group.says(KARIN, f"samtyckesrunda 1.1 till {group.today + timedelta(days=1)}")
    before = len(group.town.connector.in_room(group.town.room))

    group.day(group.today + timedelta(days=2))
    group.town.until(lambda: len(group.town.connector.in_room(group.town.room)) > before)

    assert "1.1" in group.town.connector.in_room(group.town.room)[-1].text
