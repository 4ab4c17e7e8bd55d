"""Packs are read from folders and zips into memory, within bounds, and nothing is unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from bot.packs_on_disk import built_in_packs, read_folder, read_zip
from content.loader import Loaded, Refused, load
from tests.content.builders import GOOD, files


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def with_mode(name: str, mode: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def written(folder: Path, members: dict[str, bytes]) -> Path:
    for name, content in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def keys(result: object) -> list[str]:
    assert isinstance(result, Refused)
    return [problem.key for problem in result.problems]


def test_a_zip_holds_the_same_pack_as_its_files():
    assert read_zip(zipped(files())) == files()


def test_a_zip_of_a_folder_is_read_without_the_folder_and_the_clutter():
    members = {f"prov/{name}": content for name, content in files().items()}
    members |= {"prov/steps/": b"", "__MACOSX/prov/._pack.yaml": b"x", "prov/.DS_Store": b"x"}

    assert read_zip(zipped(members)) == files()


def test_a_zip_may_lie_on_disk(tmp_path: Path):
    (tmp_path / "prov.zip").write_bytes(zipped(files()))

    result = read_zip(tmp_path / "prov.zip")

    assert isinstance(result, dict)
    assert isinstance(load(result), Loaded)
    assert keys(read_zip(tmp_path / "none.zip")) == ["pack.unreadable"]


def test_a_zip_bomb_is_stopped_by_its_real_size():
    assert keys(read_zip(zipped({"pack.yaml": b"a" * 50_000_000}))) == ["pack.file-too-large"]
    assert keys(read_zip(zipped({f"steps/s{i}.yaml": b"a" * 190_000 for i in range(90)}))) == [
        "pack.too-large"
    ]


def test_a_zip_that_lies_about_its_sizes_is_refused():
    honest = zipped({"pack.yaml": b"a" * 5_000_000})
    lying = honest.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 100))

    assert keys(read_zip(lying)) == ["pack.zip-broken"]


@pytest.mark.parametrize(
    "name", ["../x.yaml", "/etc/passwd", "C:/x.yaml", "a\\..\\x.yaml", "steps/../../x.yaml"]
)
def test_a_member_that_leads_out_is_refused(name: str):
    assert keys(read_zip(zipped({name: b"x"}))) == ["pack.name-outside"]


def test_a_member_whose_name_ends_early_is_refused():
    data = zipped({"pack.yamlX.sh": b"x"}).replace(b"pack.yamlX.sh", b"pack.yaml\0.sh")

    assert keys(read_zip(data)) == ["pack.name-unprintable"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind: int):
    assert keys(read_zip(with_mode("pack.yaml", kind | 0o777))) == ["pack.link"]


def test_a_locked_zip_is_refused():
    data = bytearray(zipped({"pack.yaml": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert keys(read_zip(bytes(data))) == ["pack.zip-encrypted"]


def test_other_ways_of_packing_are_refused():
    assert keys(read_zip(zipped({"pack.yaml": b"x" * 1000}, zipfile.ZIP_LZMA))) == ["pack.zip-method"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pack.yaml", "a")
        archive.writestr("pack.yaml", "b")

    assert keys(read_zip(out.getvalue())) == ["pack.zip-twice"]


def test_members_that_share_bytes_are_refused():
    data = zipped({"a.yaml": b"x" * 100, "b.yaml": b"x" * 100})
    first, second = (data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02"))
    both = data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]

    assert "pack.zip-overlap" in keys(read_zip(both))


def test_a_zip_in_a_zip_is_refused():
    assert keys(read_zip(zipped({"pack.yaml": zipped(files())}))) == ["pack.zip-nested"]


def test_too_many_members_are_refused_before_any_is_read():
    assert keys(read_zip(zipped({f"steps/s{i}.yaml": b"x" for i in range(101)}))) == ["pack.too-many-files"]


def test_a_zip_that_is_too_large_is_refused_before_it_is_opened():
    assert keys(read_zip(b"PK\x03\x04" + b"\0" * 2_000_000)) == ["pack.zip-too-large"]


def test_what_is_no_zip_is_refused():
    whole = zipped(files())
    for data in (b"", b"PK", b"hej", whole[:-30], whole[30:], whole[: len(whole) // 2], b"\0" * 1000):
        assert isinstance(read_zip(data), Refused)


def test_no_changed_byte_of_a_zip_makes_it_raise():
    whole = zipped({name: text.encode() for name, text in list(GOOD.items())[:2]})
    for at in range(len(whole)):
        for to in (0, 0xFF, whole[at] ^ 1):
            assert isinstance(read_zip(whole[:at] + bytes([to]) + whole[at + 1 :]), dict | Refused)


def test_a_folder_holds_the_same_pack_as_its_files(tmp_path: Path):
    assert read_folder(written(tmp_path, {**files(), ".git/config": b"x"})) == files()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    assert keys(read_folder(tmp_path / "none")) == ["pack.no-folder"]


def test_a_link_in_a_folder_is_refused(tmp_path: Path):
    (written(tmp_path, files()) / "nudges.yaml").symlink_to("/etc/passwd")

    assert keys(read_folder(tmp_path)) == ["pack.link"]


def test_a_folder_is_read_no_further_than_the_loader_needs(tmp_path: Path):
    written(tmp_path, {"pack.yaml": b"x" * 1_000_000, **{f"steps/s{i}.yaml": b"x" for i in range(300)}})

    result = read_folder(tmp_path)

    assert isinstance(result, dict)
    assert len(result["pack.yaml"]) == 200_001
    assert len(result) == 101
    assert keys(load(result)) == ["pack.too-many-files"]


def test_the_packs_that_come_with_the_program_are_found():
    packs = built_in_packs()

    assert "gemensamt" in packs
    assert "pack.yaml" in packs["gemensamt"]
