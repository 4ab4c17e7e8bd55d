"""Reads packs from folders, zips and the program itself into names and bytes. Nothing is ever unpacked to disk."""

import os
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from content.file_names import FILE_BYTES, PACK_BYTES, PACK_FILES
from content.loaded import Refused
from content.problems import Problem, in_order, problem

ZIP_BYTES = 1_500_000
DEEPEST = 4
LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, then the lengths of the name and of what follows it
# What computers put beside people's files on their own.
CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini")


def read_folder(path: Path) -> dict[str, bytes] | Refused:
    """Return the files of the pack in the folder *path*; of a file that is too large, enough for the loader to see it."""
    try:
        if not path.is_dir():
            return _refused(problem(str(path), 0, "", "pack.no-folder"))
        return _bounded(_read(path))
    except _Stop as stop:
        return Refused((stop.problem,))
    except PermissionError:  # a folder: of a file it is told which
        return _refused(problem(str(path), 0, "", "pack.unreadable"))


FIRST = "eu-coachmetoden"
"""What is offered first, and practised with."""


def built_in_packs() -> dict[str, dict[str, bytes]]:
    """Return the packs that come with the program, by the names of their folders, in the order of their offering."""
    packs = resources("content").joinpath("packs")
    return {
        folder.name: _bounded(_read(folder))
        for folder in sorted(packs.iterdir(), key=lambda folder: (folder.name != FIRST, folder.name))
        if folder.is_dir() and folder.joinpath("pack.yaml").is_file()
    }


def packs_at_hand(own: Path | None) -> dict[str, dict[str, bytes] | Refused]:
    """Return the packs that come with the program, and those in the folder of one's own where there is one.

    A name that the program itself uses stays the program's.
    """
    return {**(packs_in(own) if own is not None else {}), **built_in_packs()}


def packs_in(folder: Path) -> dict[str, dict[str, bytes] | Refused]:
    """Return the packs in *folder*, folders and zips, by their names; a folder that is a pack itself is the only one."""
    if _is_closed(folder):
        return {folder.name: _refused(problem(str(folder), 0, "", "pack.unreadable"))}
    if not folder.is_dir():
        return {folder.name: _refused(problem(str(folder), 0, "", "pack.no-folder"))}
    if (folder / "pack.yaml").is_file():
        return {folder.absolute().name: read_folder(folder)}
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    folders = {
        one.name: read_folder(one) for one in entries if _is_closed(one) or (one / "pack.yaml").is_file()
    }
    zips = {one.stem: read_zip(one) for one in entries if one.suffix == ".zip" and one.is_file()}
    return zips | folders


def _is_closed(folder: Path) -> bool:
    """Whether we may not look into the folder, or not even whether it is one."""
    try:
        return folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK)
    except PermissionError:
        return True


def read_zip(zipped: Path | bytes) -> dict[str, bytes] | Refused:
    """Return the files of the pack in a zip, read member by member within bounds, or what is wrong with the zip.

    A folder that holds everything in the zip is left out of the names.
    """
    name = zipped.name if isinstance(zipped, Path) else "zip"
    try:
        content = zipped if isinstance(zipped, bytes) else _up_to(zipped, ZIP_BYTES)
    except OSError:
        return _refused(problem(name, 0, "", "pack.unreadable"))
    if len(content) > ZIP_BYTES:
        return _refused(problem(name, 0, "", "pack.zip-too-large", **_sizes(len(content), ZIP_BYTES)))
    try:
        with ZipFile(BytesIO(content)) as opened:
            members = [info for info in opened.infolist() if not _is_clutter(info.orig_filename)]
            wrong = list(_wrong_members(name, members, opened.start_dir, content))
            return (
                Refused(in_order(wrong)) if wrong else _without_folder(dict(_members(name, opened, members)))
            )
    except _Stop as stop:
        return Refused((stop.problem,))
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        struct.error,
        zlib.error,
    ):
        return _refused(problem(name, 0, "", "pack.zip-broken"))


def may_be_pack(content: bytes) -> bool:
    """Say whether it is a zip, and none of the office programs' files, which are zips as well."""
    office = (b"[Content_Types].xml", b"mimetypeapplication/")
    return (
        content.startswith(b"PK") and b"PK\x05\x06" in content and not any(one in content for one in office)
    )


def _wrong_members(
    zip_name: str, members: list[ZipInfo], start_dir: int, content: bytes
) -> Iterator[Problem]:
    """Yield what is wrong with the members as the zip lists them, before any of them is opened."""
    if sum(not _is_folder(info) for info in members) > PACK_FILES:
        yield problem(zip_name, 0, "", "pack.too-many-files", count=len(members), most=PACK_FILES)
        return
    seen: set[str] = set()
    for info in members:
        name = info.orig_filename
        kind = stat.S_IFMT(info.external_attr >> 16)
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            yield problem(name, 0, "", "pack.name-outside")
        if "\0" in name:
            yield problem(name, 0, "", "pack.name-unprintable")
        if name in seen:
            yield problem(name, 0, "", "pack.zip-twice")
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            yield problem(name, 0, "", "pack.link")
        if info.flag_bits & 0x41:
            yield problem(name, 0, "", "pack.zip-encrypted")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            yield problem(name, 0, "", "pack.zip-method")
        seen.add(name)
    for overlapping in _overlapping(members, start_dir, content):
        yield problem(overlapping, 0, "", "pack.zip-overlap")


def _overlapping(members: list[ZipInfo], start_dir: int, content: bytes) -> Iterator[str]:
    """Yield the members whose bytes reach into those of the next, or into the zip's own list."""
    ordered = sorted(members, key=lambda info: info.header_offset)
    limits = [*(info.header_offset for info in ordered[1:]), start_dir]
    for info, limit in zip(ordered, limits, strict=True) if ordered else ():
        signature, name, extra = LOCAL_HEADER.unpack_from(content, info.header_offset)
        end = info.header_offset + LOCAL_HEADER.size + name + extra + info.compress_size
        if signature != b"PK\x03\x04" or end > limit:
            yield info.orig_filename


def _members(zip_name: str, opened: ZipFile, members: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    total = 0
    for info in members:
        if _is_folder(info):
            continue
        with opened.open(info) as member:  # its real size counts, not what the zip says of it
            content = member.read(FILE_BYTES + 1)
        if len(content) > FILE_BYTES:
            raise _Stop(
                problem(info.orig_filename, 0, "", "pack.file-too-large", **_sizes(len(content), FILE_BYTES))
            )
        total += len(content)
        if total > PACK_BYTES:
            raise _Stop(problem(zip_name, 0, "", "pack.too-large", **_sizes(total, PACK_BYTES)))
        if content.startswith(b"PK\x03\x04"):
            raise _Stop(problem(info.orig_filename, 0, "", "pack.zip-nested"))
        yield info.orig_filename, content


def _without_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    folder = next(iter(files), "").partition("/")[0] + "/"
    if f"{folder}pack.yaml" in files and all(name.startswith(folder) for name in files):
        return {name.removeprefix(folder): content for name, content in files.items()}
    return dict(files)


def _read(folder: Traversable, inside: str = "", depth: int = 1) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = inside + entry.name
        if entry.name.startswith(".") or _is_clutter(entry.name):
            continue
        if isinstance(entry, Path) and entry.is_symlink():
            raise _Stop(problem(name, 0, "", "pack.link"))
        if entry.is_dir():
            if depth < DEEPEST:
                yield from _read(entry, f"{name}/", depth + 1)
        elif entry.is_file():
            try:
                yield name, _up_to(entry, FILE_BYTES)
            except OSError as error:
                raise _Stop(problem(name, 0, "", "pack.unreadable")) from error


def _bounded(files: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the files, but no more than are enough for the loader to see that there are too many."""
    found: dict[str, bytes] = {}
    for name, content in files:
        found[name] = content
        if len(found) > PACK_FILES:
            break
    return found


def _up_to(file: Traversable, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most + 1)


def _is_folder(info: ZipInfo) -> bool:
    return info.filename.endswith("/")  # zipfile's own is_dir trips over an empty name


def _is_clutter(name: str) -> bool:
    parts = name.split("/")
    return any(part in CLUTTER for part in parts) or parts[-1] in (".DS_Store",)


def _sizes(size: int, most: int) -> dict[str, str]:
    return {"size": f"{-(-size // 1000)} kB", "most": f"{most // 1000} kB"}


def _refused(*problems: Problem) -> Refused:
    return Refused(in_order(problems))


class _Stop(Exception):  # noqa: N818 - carries a person's slip out of a generator, no error
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem
