"""``metodcoach export``: a group's whole journey in two files, for its owner's eyes only, never over a file unasked."""

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from bot.call import Call
from bot.commands.office import right
from bot.usecases.export import export, journeys_named, note_export
from bot.usecases.office import Office

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.ports import JourneyRef

LONGEST_STEM = 80


def write_export(
    call: Call, group: str, to: Path, organisation: str, *, overwrite: bool, documents: bool = False
) -> None:
    with call.world() as world:
        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, call.language)
            refs = right(call, journeys_named(office, group, organisation))
        for number, ref in enumerate(refs, start=1):
            stem = stem_of(ref.group_name) + (f"-{number}" if len(refs) > 1 else "")
            files = {kind: to / f"{stem}.{kind}" for kind in ("json", "md")}
            if not overwrite:
                _refuse_if_there(call, {**files, "sha256": to / f"{stem}.sha256"})
            handed = export(
                ref.id, uow=world.looking(), shelf=world.shelf, book=world.book, clock=world.clock, language=call.chosen
            )  # fmt: skip
            note_export(ref, uow=world.uow(), clock=world.clock)
            try:
                _make(to)
                _write(files["json"], handed.json.encode(), overwrite=overwrite)
                _write(files["md"], handed.markdown.encode(), overwrite=overwrite)
            except FileExistsError:
                _refuse_if_there(call, files)
                raise
            except OSError as error:
                call.refuse("export-folder", folder=to, error=error.strerror or type(error).__name__)
            call.say("export-written", group=handed.group, json=files["json"], markdown=files["md"])
            written = [files["json"], files["md"]]
            if documents:
                written += _write_documents(call, world, ref, to, stem, overwrite=overwrite)
            sums = to / f"{stem}.sha256"
            write_made(call, sums, _checksums(written), overwrite=overwrite)
            call.say("export-checksums", file=sums)


def _write_documents(
    call: Call, world: "World", ref: "JourneyRef", to: Path, stem: str, *, overwrite: bool
) -> list[Path]:
    """Write each document as Word and as PDF, as it is now: adopted, or a draft. Return the files."""
    from bot.apart import NotDone
    from bot.usecases.lending import with_lent
    from dialogs.reports.document_changes import as_it_is
    from dialogs.reports.documents import documents_here
    from dialogs.wording.teller import Teller

    with world.looking() as uow:
        journey = uow.journeys.whole(ref.id)
    language = call.chosen or journey.language
    teller = Teller(
        world.book, world.shelf.pack(ref.pack, ref.version), journey, language, world.clock.today()
    )
    papers, files, every = world.files(language).papers, [], documents_here(teller)
    with world.looking() as uow:
        teller = with_lent(teller, every, uow=uow, borders=world.borders)
    for document in every:
        with world.looking() as uow:
            before = uow.adopted.get(ref.id, document.id)
        whole = as_it_is(teller, document, before)
        for form in ("docx", "pdf"):
            file = to / f"{stem}-{document.id}.{form}"
            try:
                made = papers.make(whole, form)
            except NotDone:
                call.refuse("document-not-made")
            write_made(call, file, made, overwrite=overwrite)
            call.say("document-written", title=whole.title, state=whole.words.state, file=file)
            files.append(file)
    return files


def _checksums(files: Iterable[Path]) -> bytes:
    """Return what `sha256sum --check` reads, in the folder where the files lie."""
    lines = (f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    return "".join(lines).encode()


def write_made(call: Call, file: Path, made: bytes | Iterable[bytes], *, overwrite: bool) -> None:
    """Write one file that was asked for by its name, whole or in pieces; never over another unasked."""
    if not overwrite:
        _refuse_if_there(call, {"": file})
    try:
        _make(file.absolute().parent)
        _write(file, made, overwrite=overwrite)
    except FileExistsError:
        _refuse_if_there(call, {"": file})
        raise
    except OSError as error:
        call.refuse("export-folder", folder=file.parent, error=error.strerror or type(error).__name__)


def stem_of(group: str) -> str:
    """Return the group's name as a file may be called: letters, digits and single hyphens, whatever it was."""
    stem = re.sub(r"[^\w]+|_+", "-", group.casefold()).strip("-")[:LONGEST_STEM].strip("-")
    return stem or "group"


def _refuse_if_there(call: Call, files: Mapping[str, Path]) -> None:
    for file in files.values():
        if file.is_symlink() or file.exists():
            call.refuse("export-file-exists", file=file)


def _make(folder: Path) -> None:
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _write(file: Path, made: bytes | Iterable[bytes], *, overwrite: bool) -> None:
    """Write the whole file or none of it, readable for its owner alone."""
    if overwrite:
        number, name = mkstemp(dir=file.parent, prefix=".", suffix=".part")  # with mode 0600
    else:
        name = str(file)
        number = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(number, "wb") as written:
            written.writelines([made] if isinstance(made, bytes) else made)
            written.flush()
            os.fsync(written.fileno())
        if overwrite:
            Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
