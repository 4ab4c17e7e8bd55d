"""Words for a change of version: what it would change, and what it changed."""

from collections.abc import Iterator

from dialogs.messages import Composer, Message, Press, Spans
from dialogs.reports.version_parts import PartsChanged
from dialogs.reports.versions import Change, Difference
from dialogs.wording.teller import Teller


def difference_message(teller: Teller, found: Difference, *, leads: bool) -> Message:
    """Tell what going over to the other version changes; whoever leads may do it by a button."""
    method = teller.words(teller.pack.manifest.title)
    said = teller.composer().heading(teller.text("version-heading", method=method, version=found.after))
    said.say(teller.say("version-newer", before=found.before, after=found.after))
    for part, changes in found.parts:
        said.heading(part).bullets(_line(teller, change) for change in changes)
    _say_beside(said, teller, found.beside)
    if not found.parts and not found.beside:
        said.say(teller.say("version-same-questions"))
    said.bullets(_counted(teller, found))
    said.say(teller.say("version-can-undo" if leads else "version-leader-decides"))
    if leads:
        label = teller.text("button-change-version", version=found.after)
        said.button(label, Press("change-version", argument=found.after), primary=True)
    return said.done()


def changed_message(teller: Teller, found: Difference, *, name: str, back: bool) -> Message:
    """Tell the group that it goes on with the other version, a newer one or *back* to an older."""
    said = teller.composer().say(
        teller.say("version-changed-back" if back else "version-changed", name=name, version=found.after, method=teller.words(teller.pack.manifest.title))
    )  # fmt: skip
    said.bullets(_counted(teller, found))
    said.say(teller.say("version-undo-how"))
    return said.done()


def _say_beside(said: Composer, teller: Teller, beside: PartsChanged) -> None:
    """Tell of steps, checkpoints, guides and all else that is new, changed or gone."""
    if beside.added:
        said.heading(teller.text("version-added"))
        said.bullets(teller.say(f"version-part-{kind}", title=title) for kind, title in beside.added)
    if beside.changed:
        said.heading(teller.text("version-changed-parts"))
        said.bullets(
            teller.say(f"version-{one.kind}", title=one.title, before=one.before, after=one.after)
            for one in beside.changed
        )
    if beside.gone:
        said.heading(teller.text("version-gone-parts"))
        said.bullets(teller.say(f"version-part-{kind}", title=title) for kind, title in beside.gone)


def _line(teller: Teller, change: Change) -> Spans:
    return teller.say(f"version-{change.kind}", title=change.title, before=change.before, after=change.after)


def _counted(teller: Teller, found: Difference) -> Iterator[Spans]:
    if found.along:
        yield teller.say("version-along", n=found.along)
    if found.anew:
        yield teller.say("version-asked-anew", n=found.anew)
    if found.aside:
        yield teller.say("version-aside", n=found.aside)
