"""Zips and folders made to harm: each is refused with what is wrong in it, and nothing outside is read or written."""

import io
import os
import stat
import struct
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.packs.on_disk import packs_in, read_folder, read_zip
from content.loader import Loaded, Refused, load, load_all
from tests.content.builders import FIRST, GOOD, files, said
from tests.content.test_hostile_packs import HOSTILE

SECRET = "hemligt-utanfor"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(folder + name)
            info.orig_filename = info.filename = folder + name  # as it is, with its backslashes and NULs
            archive.writestr(info, content, compress_type=method)
    return out.getvalue()


def with_mode(name: str, mode: int, content: str = "/etc/passwd") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(zipped({"pack.yaml": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying(real: int, said: int) -> bytes:
    """A member of *real* bytes, of which the zip says that it has *said*."""
    return zipped({"pack.yaml": b"a" * real}).replace(struct.pack("<L", real), struct.pack("<L", said))


def overlapping() -> bytes:
    """Two members that are the same bytes."""
    data = zipped({"a.yaml": b"x" * 100, "b.yaml": b"x" * 100})
    first, second = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    return data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]


def quine_of_lists() -> bytes:
    """A thousand lines in the zip's list that all lead to one member: small outside, large inside."""
    one = zipped({"steps/0.yaml": b"a" * 190_000})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    lines = b"".join(one[start:end].replace(b"steps/0", b"steps/%c" % (48 + i)) for i in range(70))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 70, 70, len(lines), start, 0)
    return one[:start] + lines + tail


def other_name_inside() -> bytes:
    """A member that is called one thing in the list and another where it lies."""
    return zipped({"steps/a.yaml": b"x"}).replace(b"steps/a.yaml", b"../../a.yaml", 1)


def twice() -> bytes:
    data = zipped({"a.yaml": b"a", "b.yaml": b"b"})
    return data.replace(b"b.yaml", b"a.yaml")


def wrong_sum() -> bytes:
    return zipped({"pack.yaml": b"id: prov"}, zipfile.ZIP_STORED).replace(b"id: prov", b"id: bros", 1)


def far_start() -> bytes:
    """A list that says that its member lies beyond the end of the zip."""
    data = zipped({"pack.yaml": b"x"})
    at = data.index(b"PK\x01\x02") + 42
    return data[:at] + struct.pack("<L", 0x7FFFFFFF) + data[at + 4 :]


WHOLE = zipped(files())

# the zip, what is said of it, and in which file
ZIPS: dict[str, tuple[bytes, str, str]] = {
    "a bomb": (zipped({"pack.yaml": b"a" * 50_000_000}), "file-too-large", "pack.yaml"),
    "a bomb of many": (
        zipped({f"steps/s{i}.yaml": b"a" * 190_000 for i in range(90)}),
        "too-large",
        "zip",
    ),
    "a bomb of one member under many names": (quine_of_lists(), "zip-overlap", "steps/0.yaml"),
    "members that share bytes": (overlapping(), "zip-overlap", "a.yaml"),
    "a member that lies about its size": (lying(5_000_000, 100), "zip-broken", "zip"),
    "a member that says that it is huge": (lying(100_000, 0xFFFFFFF0), "file-not-a-mapping", "pack.yaml"),
    "a zip in a zip": (zipped({"pack.yaml": WHOLE}), "zip-nested", "pack.yaml"),
    "a zip in a zip in a zip": (zipped({"pack.yaml": zipped({"pack.yaml": WHOLE})}), "zip-nested", "pack.yaml"),
    "a zip that says that it is text": (zipped({**files(), "steps/a.yaml": WHOLE}), "zip-nested", "steps/a.yaml"),
    "out by dots": (zipped({"../x.yaml": b"x"}), "name-outside", "../x.yaml"),
    "out by dots inside": (zipped({"steps/../../x.yaml": b"x"}), "name-outside", "steps/../../x.yaml"),
    "out by dots in a folder": (zipped({**files(), "../../x": b"x"}, folder="prov/"), "name-outside", "prov/../../x"),
    "from the root": (zipped({"/etc/passwd": b"x"}), "name-outside", "/etc/passwd"),
    "a drive": (zipped({"C:/x.yaml": b"x"}), "name-outside", "C:/x.yaml"),
    "a drive without a slash": (zipped({"C:x.yaml": b"x"}), "name-outside", "C:x.yaml"),
    "backslashes": (zipped({"a\\..\\x.yaml": b"x"}), "name-outside", "a\\..\\x.yaml"),
    "another machine": (zipped({"\\\\server\\share\\x": b"x"}), "name-outside", "\\\\server\\share\\x"),
    "a hidden stream": (zipped({"pack.yaml:x": b"x"}), "name-outside", "pack.yaml:x"),
    "a name that ends early": (
        zipped({"pack.yamlX.sh": b"x"}).replace(b"pack.yamlX.sh", b"pack.yaml\0.sh"),
        "name-unprintable",
        "pack.yaml\\u0000.sh",
    ),
    "a name that turns round": (
        zipped({**files(), "steps/\u202elmay.sh": b"x"}), "name-unprintable", "steps/\\u202elmay.sh"
    ),
    "another name inside": (other_name_inside(), "zip-broken", "zip"),
    "names that differ in case": (
        zipped({**files(), "steps/01-Forsta.yaml": FIRST.encode()}), "name-clash", "steps/01-forsta.yaml"
    ),
    "a name twice": (twice(), "zip-twice", "a.yaml"),
    "a link": (with_mode("pack.yaml", stat.S_IFLNK | 0o777), "link", "pack.yaml"),
    "a link out": (with_mode("steps", stat.S_IFLNK | 0o777, "../../.."), "link", "steps"),
    "a pipe": (with_mode("pack.yaml", stat.S_IFIFO | 0o777), "link", "pack.yaml"),
    "a device": (with_mode("pack.yaml", stat.S_IFCHR | 0o777), "link", "pack.yaml"),
    "a lock": (locked(), "zip-encrypted", "pack.yaml"),
    "another way of packing": (
        zipped({"pack.yaml": b"x" * 1000}, zipfile.ZIP_LZMA), "zip-method", "pack.yaml"
    ),
    "a hundred and one members": (
        zipped({f"steps/s{i}.yaml": b"x" for i in range(101)}), "too-many-files", "zip"
    ),
    "twenty thousand empty members": (
        zipped({f"s{i}": b"" for i in range(14_000)}), "too-many-files", "zip"
    ),
    "ten megabytes": (b"PK\x03\x04" + b"\0" * 10_000_000, "zip-too-large", "zip"),
    "a wrong sum": (wrong_sum(), "zip-broken", "zip"),
    "a member beyond the end": (far_start(), "zip-broken", "zip"),
    "half a zip": (WHOLE[: len(WHOLE) // 2], "zip-broken", "zip"),
    "a zip without its end": (WHOLE[:-30], "zip-broken", "zip"),
    "a zip without its beginning": (WHOLE[30:], "zip-overlap", "pack.yaml"),
    "no bytes": (b"", "zip-broken", "zip"),
    "a text": (b"id: prov\n", "zip-broken", "zip"),
    "no members": (zipped({}), "no-manifest", "pack.yaml"),
    "two packs": (zipped({**files(), **{f"a/{n}": c for n, c in files().items()}}), "unknown-file", "a/pack.yaml"),
    "a program beside": (zipped({**files(), "install.sh": b"#!/bin/sh\n"}), "unknown-file", "install.sh"),
}  # fmt: skip


def come_by(zipped_pack: bytes) -> Loaded | Refused:
    found = read_zip(zipped_pack)
    return found if isinstance(found, Refused) else load(found)


@pytest.mark.parametrize(("data", "key", "file"), ZIPS.values(), ids=list(ZIPS))
def test_a_hostile_zip_is_refused_with_what_is_wrong(data: bytes, key: str, file: str):
    before = time.process_time()
    result = come_by(data)

    assert time.process_time() - before < 3
    assert isinstance(result, Refused)
    assert (file, f"pack.{key}") in [(problem.file, problem.key) for problem in result.problems]
    swedish, english = said(result, "sv"), said(result, "en")
    assert all(one != other for one, other in zip(swedish, english, strict=True))
    assert all(sentence.isprintable() for sentence in (*swedish, *english))


def test_there_are_many_of_them():
    assert len(ZIPS) + len(FOLDERS) >= 50
    assert len({data for data, _, _ in ZIPS.values()}) == len(ZIPS)


def test_no_changed_byte_of_a_zip_makes_it_raise():
    whole = zipped({name: text.encode() for name, text in list(GOOD.items())[:2]})
    for at in range(len(whole)):
        for to in (0, 0xFF, whole[at] ^ 1):
            assert isinstance(read_zip(whole[:at] + bytes([to]) + whole[at + 1 :]), dict | Refused)


# ------------------------------------------------------------------------------------------------ folders


def a_link(folder: Path, outside: Path) -> None:
    (folder / "nudges.yaml").symlink_to(outside / "secret.yaml")


def a_link_for_the_manifest(folder: Path, outside: Path) -> None:
    (folder / "pack.yaml").unlink()
    (folder / "pack.yaml").symlink_to(outside / "secret.yaml")


def a_link_for_a_folder(folder: Path, outside: Path) -> None:
    (folder / "nudges").symlink_to(outside, target_is_directory=True)


def a_link_in_a_circle(folder: Path, outside: Path) -> None:
    (folder / "steps" / "again").symlink_to(folder, target_is_directory=True)


def a_link_to_nothing(folder: Path, outside: Path) -> None:
    (folder / "nudges.yaml").symlink_to(outside / "nothing")


def a_name_that_is_no_text(folder: Path, outside: Path) -> None:
    (folder / "steps" / os.fsdecode(b"\xe5.yaml")).write_bytes(FIRST.encode())


def a_name_with_a_line(folder: Path, outside: Path) -> None:
    (folder / "steps" / "a\nb.yaml").write_bytes(FIRST.encode())


def names_that_differ_in_case(folder: Path, outside: Path) -> None:
    (folder / "steps" / "01-FORSTA.yaml").write_bytes(FIRST.encode())


def many_files(folder: Path, outside: Path) -> None:
    for number in range(300):
        (folder / "steps" / f"s{number}.yaml").write_bytes(b"x")


def a_large_file(folder: Path, outside: Path) -> None:
    with (folder / "steps" / "stor.yaml").open("wb") as file:
        file.truncate(2_000_000_000)  # nothing but holes: it takes no room here


def a_file_for_a_folder(folder: Path, outside: Path) -> None:
    (folder / "tracks" / "mal.yaml").unlink()
    (folder / "tracks").rmdir()
    (folder / "tracks").write_bytes(b"x")


def a_folder_for_the_manifest(folder: Path, outside: Path) -> None:
    (folder / "pack.yaml").unlink()
    (folder / "pack.yaml").mkdir()


def a_deep_folder(folder: Path, outside: Path) -> None:
    (folder / "steps" / "a" / "b").mkdir(parents=True)
    (folder / "steps" / "a" / "b" / "c.yaml").write_bytes(b"x")


def a_program_beside(folder: Path, outside: Path) -> None:
    (folder / "install.sh").write_bytes(b"#!/bin/sh\n")


FOLDERS = {
    a_link: ("link", "nudges.yaml"),
    a_link_for_the_manifest: ("link", "pack.yaml"),
    a_link_for_a_folder: ("link", "nudges"),
    a_link_in_a_circle: ("link", "steps/again"),
    a_link_to_nothing: ("link", "nudges.yaml"),
    a_name_that_is_no_text: ("name-unprintable", "steps/\\udce5.yaml"),
    a_name_with_a_line: ("name-unprintable", "steps/a\\u000ab.yaml"),
    names_that_differ_in_case: ("name-clash", "steps/01-forsta.yaml"),
    many_files: ("too-many-files", "pack.yaml"),
    a_large_file: ("file-too-large", "steps/stor.yaml"),
    a_file_for_a_folder: ("unknown-file", "tracks"),
    a_folder_for_the_manifest: ("no-manifest", "pack.yaml"),
    a_deep_folder: ("unknown-file", "steps/a/b/c.yaml"),
    a_program_beside: ("unknown-file", "install.sh"),
}


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of packs with one good pack in it; what lies beside it is nobody's business."""
    written(tmp_path / "packs" / "prov")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").write_text(f"id: {SECRET}\n")
    return tmp_path / "packs"


def written(folder: Path) -> Path:
    for name, content in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("harm", "key", "file"),
    [(harm, *found) for harm, found in FOLDERS.items()],
    ids=[harm.__name__ for harm in FOLDERS],
)
def test_a_hostile_folder_is_refused_with_what_is_wrong(packs: Path, harm, key: str, file: str):
    harm(packs / "prov", packs.parent / "outside")

    read = read_folder(packs / "prov")
    result = read if isinstance(read, Refused) else load(read)

    assert isinstance(result, Refused)
    assert (file, f"pack.{key}") in [(problem.file, problem.key) for problem in result.problems]
    assert SECRET not in "".join(said(result, "sv"))


def test_what_is_no_file_is_passed_by(packs: Path):
    os.mkfifo(packs / "prov" / "nudges.yaml")  # reading it would wait for ever

    assert read_folder(packs / "prov") == files()


def test_a_hostile_pack_takes_no_other_with_it(packs: Path):
    (packs / "bomb.zip").write_bytes(ZIPS["a bomb"][0])
    (packs / "overlap.zip").write_bytes(overlapping())
    a_name_that_is_no_text(written(packs / "odd"), packs)

    found = packs_in(packs)
    results = load_all({name: one for name, one in found.items() if not isinstance(one, Refused)})

    assert isinstance(found["bomb"], Refused)
    assert isinstance(found["overlap"], Refused)
    assert isinstance(results["odd"], Refused)
    assert isinstance(results["prov"], Loaded)


# ------------------------------------------------------------------------------------------------ nothing outside

TOUCHES = ("open", "exec", "compile", "import", "socket", "subprocess", "os.", "shutil", "tempfile", "ctypes")


@pytest.fixture(scope="module")
def touched() -> Iterator[list[str]]:
    """What Python was asked to do with the world since the list was last cleared."""
    seen: list[str] = []
    listening = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if listening[0] and event.startswith(TOUCHES):
            seen.append(f"{event} {arguments[:2]}")

    sys.addaudithook(hook)  # there is no way to take one away again
    yield seen
    listening[0] = False


def test_no_hostile_pack_gets_in_by_a_zip_and_none_touches_the_world(touched: list[str]):
    come_by(zipped(files()))  # what is imported, opened and compiled once
    come_by(wrong_sum())
    packs = {
        name: zipped(pack)
        for name, (pack, _, _) in HOSTILE.items()
        if all(one.isprintable() for one in pack)  # others can't be named in a zip
    }
    Path(os.devnull).read_bytes()
    assert touched, "nobody listens"
    touched.clear()

    refused = {name for name, pack in packs.items() if isinstance(come_by(pack), Refused)}
    for data, _, _ in ZIPS.values():
        come_by(data)

    assert refused == set(packs)
    assert touched == []
