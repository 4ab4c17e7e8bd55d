"""By which words a record is found: those of the fields that go along when it is shared."""

from collections import Counter
from collections.abc import Iterator

from content.schema.base import Text
from content.schema.files import Register
from content.schema.questions import ChoiceSpec, ChoicesSpec, ListSpec, TextSpec
from dialogs.flows.sharing import shared_fields
from dialogs.model.records import Record
from dialogs.model.words import Entry
from dialogs.search.terms import counted
from dialogs.values.asking import as_list

IN_TITLE = 2
"""So many times counts what stands in a record's title."""
IN_A_LIST = 3
"""So many times counts what is listed one by one, as keywords are: they were chosen for being found."""


def entry_of(record: Record, model: Register, *, organisation: str, group: str, language: str) -> Entry:
    """Return by what the record is found: the words of the fields that go along when it is shared."""
    found: Counter[str] = Counter()
    listed = {field.id for field in model.fields if isinstance(field, ListSpec)}
    for field, text in texts_of(record, model, language):
        times = IN_TITLE if field == model.title_field else IN_A_LIST if field in listed else 1
        for term, count in counted(text, language).items():
            found[term] += count * times
    return Entry(record.id, record.register, organisation, group, found)


def texts_of(record: Record, model: Register, language: str) -> Iterator[tuple[str, str]]:
    """Yield each field that goes along with its words in the language: what was written, or what the option is called."""
    for field in shared_fields(model):
        value = record.fields.get(field.id)
        if value in (None, ""):
            continue
        match field:
            case TextSpec():
                yield field.id, str(value)
            case ListSpec():
                yield field.id, " ".join(str(one) for one in as_list(value))
            case ChoiceSpec(options=options) | ChoicesSpec(options=options):
                titles = {option.id: _said(option.title, language) for option in options}
                yield field.id, " ".join(titles.get(str(one), str(one)) for one in as_list(value))
            case _:
                continue


def _said(text: Text, language: str) -> str:
    return text.said_in(language)
