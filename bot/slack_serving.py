"""Slack's door as the program serves it: an outage is waited out, a wrong setting is told at once."""

from bot.serving import Shut
from bot.slack.door import NotLetIn, SlackDoor
from bot.slack.outcomes import SET_UP_WRONGLY


class Slack(SlackDoor):
    async def start(self) -> None:
        try:
            await super().start()
        except NotLetIn as refused:
            if refused.why in SET_UP_WRONGLY:
                raise Shut(refused.token, refused.why) from refused
            raise
