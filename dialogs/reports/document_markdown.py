"""A document as Markdown; what people wrote stays text."""

from collections.abc import Iterator

from dialogs.model.written import Mark, Passage, Wording, Written
from dialogs.reports.markdown import bullet, escaped, paragraph


def as_markdown(whole: Written, *, sources: bool = False) -> str:
    """Return the document; with *sources*, a list of where its words come from at the end."""
    words = whole.words
    lines = [f"# {escaped(whole.title)}", ""]
    for line in filter(None, (whole.practice.replace("*", ""), words.of, words.state, whole.since)):
        lines += [*paragraph(line), ""]
    for fact in whole.header:
        first, *rest = bullet(fact.value or words.unsaid)
        lines += [f"- **{escaped(fact.label)}:** {first.removeprefix('- ')}", *rest]
    if whole.header:
        lines.append("")
    for chapter in whole.chapters:
        lines += [f"## {escaped(chapter.title)}", ""]
        for passage in chapter.passages:
            lines += _passage(passage, words)
    lacks = [f"{one.title} ({', '.join(one.who)})" if one.who else one.title for one in whole.lacks]
    lines += _list(words.missing, lacks)
    lines += _list(words.gone, whole.gone)
    if sources:
        lines += _list(words.sources, [one.line for one in whole.sources])
    return "\n".join(lines).rstrip() + "\n"


def _passage(passage: Passage, words: Wording) -> Iterator[str]:
    if passage.missing is not None:
        yield from (f"_{escaped(f'{words.unsaid}: {passage.missing.title}')}_", "")
        return
    if mark := _mark(passage.mark, words):
        yield from (mark, "")
    if passage.text or passage.label:
        yield from (*paragraph(passage.line.rstrip()), "")
    if passage.entries:
        for entry in passage.entries:
            first, *rest = bullet(entry.text)
            mark = _mark(entry.mark, words)
            yield from (f"- {mark} {first.removeprefix('- ')}" if mark else first, *rest)
        yield ""


def _mark(mark: Mark, words: Wording) -> str:
    return f"**{escaped(words.marked(mark))}**" if mark else ""


def _list(title: str, lines: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[str]:
    told = [line for one in lines for line in bullet(one)]
    if told:
        yield from (f"## {escaped(title)}", "", *told, "")
