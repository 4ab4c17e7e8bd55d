"""Teams' door as the program serves it: an outage is waited out, a wrong setting is told at once."""

from bot.serving import Shut
from bot.teams.credentials import NotLetIn
from bot.teams.door import TeamsDoor


class Teams(TeamsDoor):
    async def start(self) -> None:
        try:
            await super().start()
        except NotLetIn as refused:
            if refused.for_good:
                raise Shut("teams_app_password", refused.why) from refused
            raise
