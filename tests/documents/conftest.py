"""A group whose method has a plan with a title page, asked for at a terminal's desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content.pack import Pack
from content.schema.files import Document, Register
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk, a_method, begin
from tests.dialogs.builders import a_question, a_register

BOOKS = Register.model_validate({
    "id": "dokument", "title": {"sv": "Styrande dokument", "en": "Governing documents"},
    "singular": {"sv": "styrande dokument", "en": "governing document"}, "what": {"sv": "Planer", "en": "Plans"},
    "scope": "organisation", "title-field": "namn",
    "fields": [
        {"id": "namn", "kind": "text", "required": True, "title": {"sv": "Namn", "en": "Name"}},
        {"id": "galler", "kind": "date", "title": {"sv": "Gäller från", "en": "Valid from"}},
        {"id": "av", "kind": "text", "title": {"sv": "Fastställt av", "en": "Adopted by"}},
        {"id": "senast", "kind": "date", "title": {"sv": "Revideras senast", "en": "To be revised by"}},
    ],
    "states": [{"id": "utkast", "title": {"sv": "Utkast", "en": "Draft"}}, {"id": "galler", "title": {"sv": "Gäller", "en": "In force"}}],
})  # fmt: skip

PLAN = Document.model_validate({
    "id": "plan", "title": {"sv": "Handlingsplan", "en": "Action plan"},
    "words": [{"sv": "planen", "en": "the plan"}], "decision": "beslut",
    "header": {"register": "dokument", "fields": ["galler", "av", "senast"], "revised": "senast", "adopted-by": "av",
               "state": "galler"},
    "headings": [
        {"title": {"sv": "Mål", "en": "Aims"}, "parts": [{"answer": "vision"}, {"answer": "efter"}]},
        {"title": {"sv": "Verksamheterna", "en": "The units"}, "parts": [{"answer": "enhet"}]},
        {"title": {"sv": "Idéer", "en": "Ideas"}, "parts": [{"register": "ideer", "optional": True}]},
    ],
})  # fmt: skip

REPORT = Document.model_validate({
    "id": "rapport", "title": {"sv": "Rapport", "en": "Report"},
    "headings": [{"title": {"sv": "Mål", "en": "Aims"}, "parts": [{"answer": "vision"}]}],
})  # fmt: skip


IDEA = Document.model_validate({
    "id": "ide-rapport", "title": {"sv": "Rapport om en idé", "en": "Report on an idea"}, "about": "ideer",
    "headings": [
        {"title": {"sv": "Idén", "en": "The idea"}, "parts": [{"field": "namn"}, {"field": "dag"}, {"field": "for", "optional": True}]},
        {"title": {"sv": "Mål", "en": "Aims"}, "parts": [{"answer": "vision"}]},
    ],
})  # fmt: skip


def a_planning_method() -> Pack:
    method = a_method(a_question("bocker", "record", register="dokument"))
    return method.model_copy(
        update={
            "documents": (PLAN, REPORT, IDEA),
            "registers": {one.id: one for one in (a_register(), BOOKS)},
        }
    )


def begin_with_documents(talk: Talk) -> None:
    with talk.uow() as uow:
        uow.packs.put(a_planning_method(), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.says("Ada", "1.1: Vi vill mer.")
    talk.says("Ada", "fastställ 1.1")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "documents", begin_with_documents)
    yield talk
    talk.close()
