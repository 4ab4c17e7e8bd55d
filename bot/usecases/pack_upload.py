"""Takes in a method that an admin sent as a zip, and that was checked on the way: told, kept for an hour, installed."""

from datetime import timedelta
from itertools import groupby

from bot.usecases.file_kinds import PACK_DRAWING, PACK_SLIPS, described
from bot.usecases.handing_out import hand_out
from bot.usecases.named_packs import waiting
from bot.usecases.pack_keepers import keeps_packs
from bot.usecases.turn import Turn
from dialogs.files import FileIn, Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press, file_press, words
from dialogs.model.checked_pack import CheckedPack, PackFacts
from dialogs.model.problem import Problem
from dialogs.ports import Clock, InstalledPack, Spot, UnitOfWork
from dialogs.reports.pack_slips import slip_line

WAITS = timedelta(hours=1)
MOST_SLIPS = 30


def take_pack(turn: Turn, file: FileIn) -> None:
    """Tell what came of the check. What has no fault waits for a press; of what has, only the list is kept."""
    checked = file.read
    if not keeps_packs(turn.person.id, uow=turn.uow, by=turn.packs_by):
        turn.refuse(Problem("pack-only-keepers"))
    elif not isinstance(checked, CheckedPack):
        turn.refuse(Problem("file-nobody-takes", {"name": file.name}))
    elif checked.facts is None:
        _tell_slips(turn, file.name, checked)
    else:
        _offer(turn, checked, checked.facts)


def how_to_check(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kontrollera` without a file that is read: say how a method is checked. Among others it is a word like any."""
    if not turn.room.private:
        return False
    may = keeps_packs(turn.person.id, uow=turn.uow, by=turn.packs_by)
    turn.refuse(Problem("pack-send-zip" if may else "pack-only-keepers"))
    return True


def install(turn: Turn, id: str) -> None:
    """Install the pack that waits, if whoever presses may, and nobody has installed another version of it meanwhile."""
    if not keeps_packs(turn.person.id, uow=turn.uow, by=turn.packs_by):
        turn.refuse(Problem("pack-only-keepers"))
        return
    waiting = turn.uow.packs_in_waiting.get(id, turn.now)
    facts = waiting.checked.facts if waiting is not None else None
    if facts is None:
        turn.refuse(Problem("pack-waits-no-more"))
        return
    versions = [one for one in turn.uow.packs.installed() if one.id == facts.id]
    if _is_there(facts, versions):
        turn.refuse(
            Problem("pack-sent-there", {"title": facts.title(turn.language), "version": facts.version})
        )
    elif (versions[-1].version if versions else "") != facts.follows:
        turn.refuse(Problem("pack-overtaken", {"title": facts.title(turn.language)}))
    else:
        _put(turn, id, facts)
    turn.uow.packs_in_waiting.drop(id)


def forget_late(*, uow: UnitOfWork, clock: Clock) -> None:
    """Forget the packs and tables that have waited for long enough, and the pages that have lain for long enough."""
    with uow:
        uow.packs_in_waiting.forget(clock.now())
        uow.tables_in_waiting.forget(clock.now())
        uow.pack_jobs.forget(clock.now())
        uow.commit()


def _put(turn: Turn, id: str, facts: PackFacts) -> None:
    text, by = turn.uow.packs_in_waiting.text(id), turn.person.id
    turn.uow.packs.put_text(facts.id, facts.version, text, facts.checksum, by=by, at=turn.now)
    turn.uow.audit.note(
        "pack-installed", organisation="", by=by, about=facts.id, at=turn.now, digest=facts.checksum
    )
    said = Composer()
    said.say(turn.words.say("pack-is-installed", title=facts.title(turn.language), version=facts.version))
    groups = sum(turn.uow.packs.running(facts.id).values())
    if facts.method:
        said.say(turn.words.say("pack-new-groups-begin"))
    if groups:
        said.say(turn.words.say("pack-groups-keep", n=groups))
        said.button(turn.words.text("button-show-groups"), Press("show-groups", None, facts.id))
    turn.reply(said.done())


def _offer(turn: Turn, checked: CheckedPack, facts: PackFacts) -> None:
    said, title = Composer(), facts.title(turn.language)
    said.say(turn.words.say("pack-sent-fine", title=title, version=facts.version))
    said.bullets([words(line) for line in _facts(turn, facts)])
    if facts.there:
        said.say(turn.words.say("pack-sent-there", title=title, version=facts.version))
        turn.reply(said.done())
        return
    id = turn.uow.packs_in_waiting.put(turn.person.id, checked, at=turn.now, until=turn.now + WAITS)
    said.say(turn.words.say("pack-waits", n=round(WAITS.total_seconds() / 3600)))
    said.button(turn.words.text("button-install"), Press("install-pack", None, id), primary=True)
    drawing = Recipe(PACK_DRAWING, turn.person.id, "", waiting(id), turn.language)
    said.button(turn.words.text("button-draw"), file_press(drawing))
    if facts.method:
        said.button(turn.words.text("button-rehearse"), Press("rehearse-pack", None, id))
    turn.reply(said.done())


def _facts(turn: Turn, facts: PackFacts) -> list[str]:
    text = turn.words.text
    lines = [
        text("pack-has-steps", n=facts.steps),
        text("pack-has-questions", n=facts.questions),
        *([text("pack-has-checkpoints", n=facts.checkpoints)] if facts.checkpoints else []),
    ]
    if not facts.follows:
        return [*lines, text("pack-is-new")]
    if facts.there:
        return lines
    groups = sum(turn.uow.packs.running(facts.id).values())
    return [
        *lines,
        text("pack-follows", version=facts.follows),
        text("pack-changes", new=facts.new, changed=facts.changed, gone=facts.gone),
        text("pack-groups", n=groups) if groups else text("pack-no-groups"),
    ]


def _is_there(facts: PackFacts, versions: list[InstalledPack]) -> bool:
    return any((one.version, one.checksum) == (facts.version, facts.checksum) for one in versions)


def _tell_slips(turn: Turn, name: str, checked: CheckedPack) -> None:
    """Say the first of them, by file; and hand out the whole list as a file when it is longer."""
    said, slips = Composer(), checked.slips
    said.say(turn.words.say("pack-sent-refused", name=name, n=len(slips)))
    for file, of_file in groupby(slips[:MOST_SLIPS], key=lambda one: one.file):
        said.heading(file)
        said.bullets([words(slip_line(turn.words, one)) for one in of_file])
    if len(slips) <= MOST_SLIPS:
        turn.reply(said.say(turn.words.say("pack-send-again")).done())
        return
    until = turn.now + WAITS
    id = turn.uow.packs_in_waiting.put(turn.person.id, checked, at=turn.now, until=until)
    said.say(turn.words.say("pack-more-slips", n=len(slips) - MOST_SLIPS))
    file_out = described(turn, Recipe(PACK_SLIPS, turn.person.id, "", waiting(id), turn.language))
    if file_out is not None:
        hand_out(turn, file_out, said)
