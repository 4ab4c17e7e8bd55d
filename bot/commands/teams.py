"""``metodcoach teams``: the app package."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.call import Call

LONGEST = 2048  # characters; the manifest's schema takes no more


class TeamsCommands:
    def __init__(self, call: Call) -> None:
        self._call = call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True)

        def package(
            site: Annotated[
                str, typer.Option("--site", metavar="URL", help=self._call.text("help-teams-site"))
            ] = "",
            to: Annotated[Path, typer.Option("--to", metavar="FILE")] = Path("metodcoach-teams.zip"),
        ) -> None:
            self.package(site, to)

        app.command("package", help=self._call.text("help-teams-package"))(package)
        app.callback()(lambda: None)
        return app

    def package(self, site: str, to: Path) -> None:
        from importlib.metadata import version

        from bot.teams.package import package
        from bot.teams_settings import malformed
        from content.phrases.book import Phrasebook

        settings, book = self._call.settings, Phrasebook.load()
        app = settings.teams_app_id.strip().lower()
        if not app or "teams_app_id" in malformed(settings):
            self._call.refuse("teams-package-no-app", wrong_use=True)
        address = site or settings.public_url
        if not _is_page(address):
            self._call.refuse("teams-package-site", wrong_use=True)
        whole = package(app, address, version("metodcoach"), lambda key, language: book.text(key, language))
        try:
            to.write_bytes(whole)
        except OSError as error:
            self._call.refuse("teams-package-file", file=to, error=error.strerror or type(error).__name__)
        self._call.say("teams-package-written", file=to)


def _is_page(address: str) -> bool:
    """Tell whether it is a page's address that anybody may be given: by https, with nobody's name or password in it."""
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        return False
    try:
        page = urlsplit(address)
        return page.scheme == "https" and bool(page.hostname) and page.port != 0 and "@" not in page.netloc
    except ValueError:  # brackets that don't close, or a port that is no number
        return False
