"""A group whose method has a document to hand out, at a platform's door; and the program's own web server over it."""

import asyncio
from collections.abc import Mapping

from aiohttp import ClientSession

from bot.file_links import routes
from bot.made_files import MadeFiles
from bot.metrics import Metrics
from bot.web import Runner, application, listen
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.schema.files import Document
from dialogs.files import FileOut
from dialogs.incoming import FileAnswered
from tests.conversation.talk import Talk, Told, a_method, private
from tests.conversation.workplace import Workplace

PLAN = Document.model_validate({
    "id": "plan", "title": {"sv": "Handlingsplan", "en": "Action plan"},
    "words": [{"sv": "planen", "en": "the plan"}],
    "headings": [{"title": {"sv": "Mål", "en": "Aims"}, "parts": [{"answer": "vision"}]}],
})  # fmt: skip
METRICS = Metrics()


def a_writing_method() -> Pack:
    return a_method().model_copy(update={"documents": (PLAN,)})


def file_in(told: Told) -> FileOut:
    """Return the one file that was handed out."""
    [file] = [letter.message.file for letter in told.letters if letter.message.file]
    return file


def made(talk: Talk, file: FileOut) -> bytes | None:
    return made_files(talk).make(file.recipe, talk.uow())


def made_files(talk: Talk) -> MadeFiles:
    return MadeFiles(talk.shelf, talk.clock, Phrasebook.load())


def answers_file(work: Workplace, who: str, what: FileAnswered) -> Told:
    return work._take(who, what, private(who), is_private=True)


def fetched(
    talk: Talk, path: str, method: str = "GET", **headers: str
) -> tuple[int, Mapping[str, str], bytes]:
    """Ask the program's own web server, over a real socket."""

    async def read(look):
        return look(talk.uow())

    async def nothing() -> str:
        return ""

    async def ask() -> tuple[int, Mapping[str, str], bytes]:
        found = routes(read, files=made_files(talk), clock=talk.clock, book=Phrasebook.load(), language="sv")
        app = application(why_not_ready=nothing, figures=None, metrics=METRICS, routes=found)
        runner = Runner(app)
        port = await listen(runner, "127.0.0.1", 0)
        try:
            async with (
                ClientSession() as client,
                client.request(method, f"http://127.0.0.1:{port}{path}", headers=headers) as answer,
            ):
                return answer.status, answer.headers.copy(), await answer.read()
        finally:
            await runner.cleanup()

    return asyncio.run(ask())
