"""Packs are read from folders and zips into memory, within bounds, and nothing is unpacked."""

import io
import zipfile
from pathlib import Path

from bot.packs.on_disk import built_in_packs, read_folder, read_zip
from content.loader import Loaded, Refused, load
from tests.content.builders import files


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
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


def test_a_folder_holds_the_same_pack_as_its_files(tmp_path: Path):
    assert read_folder(written(tmp_path, {**files(), ".git/config": b"x"})) == files()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    assert keys(read_folder(tmp_path / "none")) == ["pack.no-folder"]


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
