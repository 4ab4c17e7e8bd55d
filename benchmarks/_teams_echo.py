"""The measure to compare with: the SDK's echo, its own adapter, checks and client as its samples have them. It keeps nothing.

One thing is better than in the samples: the bot's token is at hand. There, each turn asks Entra for a new one.
"""

import asyncio
import sys
from types import SimpleNamespace

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.auth import (
    AuthenticationConstants,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Tack! {turn_context.activity.text}")


class AtHand(MicrosoftAppCredentials):
    def get_access_token(self, force_refresh: bool = False) -> str:
        return "measured"


class Factory(PasswordServiceClientCredentialFactory):
    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> MicrosoftAppCredentials:
        return AtHand(app_id, self.password, self.tenant_id, oauth_scope)


async def serve(port: int, stand_in: str, app: str, password: str, tenant: str) -> None:
    told = SimpleNamespace(
        APP_ID=app, APP_PASSWORD=password, APP_TYPE="SingleTenant", APP_TENANTID=tenant,
        TO_CHANNEL_FROM_BOT_LOGIN_URL=f"https://login.microsoftonline.com/{tenant}",
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER,
        OAUTH_URL=AuthenticationConstants.OAUTH_URL,
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=f"{stand_in}/openid",
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=f"{stand_in}/openid",
        CALLER_ID="urn:botframework:azure",
    )  # fmt: skip
    factory = Factory(app, password, tenant)
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(told, credentials_factory=factory))
    bot = Echo()

    async def handle(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response()

    server = web.Application()
    server.router.add_post("/teams/messages", handle)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("open", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *sys.argv[2:6]))
