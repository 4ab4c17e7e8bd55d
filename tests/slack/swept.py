"""Plays at the Slack door on a stage whose program dies again and again, and begins another life each time."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.doors.swept import Swept
from tests.slack.adapter import Call
from tests.slack.stage import SlackStage

Json = dict[str, Any]


@dataclass
class SweptSlack(Swept, SlackStage):
    def __post_init__(self) -> None:
        self.kept.meanwhile = self.look_after
        self.town.driver.unheard = self._unheard
        self.town.adapter.onlooker = self._accepted

    async def _unheard(self, payload: Mapping[str, Any]) -> Json | None:
        """Begin another life, and say it again: as Slack does with events, and people with what shows a warning."""
        self.begin_another_life(await asyncio.to_thread(self.lives.revive))
        again = payload if isinstance(payload, dict) else dict(payload)
        if again.get("type") == "block_actions":
            if again["trigger_id"] in self.town.adapter.views.opened:
                return None  # the form is in front of them
            if self.lives.act in self.opening:
                [who] = [one for one in self.town.talkers.values() if one.id == again["user"]["id"]]
                again["trigger_id"] = await self.town.driver.trigger(who)
        return again

    async def _accepted(self, moment: str, call: Call) -> None:
        """Let the program die when Slack has taken a call, and the answer isn't there yet."""
        if moment == "accepted" and call.accepted:
            self.lives.accepted(call.method)
