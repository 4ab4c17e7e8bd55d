"""Makes packs that nobody would write: real ones, cut to a few kilobytes and then mangled by a seed."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random  # noqa: TID251 - drawn by the seed that the proof prints
from typing import Any

from bot.packs.on_disk import built_in_packs
from content.file_names import FOLDERS
from content.yaml_reader import SourceFile, read_yaml
from tests.content.builders import GOOD

MOST = 4_000  # bytes of a whole pack

# Words and signs that mean something to a reader of YAML, to Python, to a screen or to a file system.
ODD = (
    "no", "on", "14:30", "~", "null", "0x1F", "1e9", ".inf", ".nan", "-0", "2027-02-29", "0000-00-00", "99999999999999999999",
    "&a", "*a", "<<", "!!python/name:os.system", "!t", "%YAML 1.1", "---", "...", "? ", ": ", "- ", "| ", "> ", "|2", "@", "`",
    "{{", "}}", "[[", "]]", "#", "'", '"', "\\", '"\\x00"', '"\\ud800"', '"\\U00110000"', "\t", "\r", "\x00", "\x1b[2J", "\u202e",
    "\u2028", "\ufeff", "\u0085", "\ud7ff", "å", "е", "{0.__class__}", "{name}", "%s", "$(true)", "=1+1", "<!channel>", "*", "_",
    "FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE", "S0-1", "https://", "../../x", "sv", "en", "kind", "id",
)  # fmt: skip
# Files of the small pack that need no others.
TOGETHER = (
    ("steps/01-forsta.yaml",),
    ("steps/01-forsta.yaml", "tracks/mal.yaml"),
    ("steps/01-forsta.yaml", "registers/ideer.yaml"),
    ("steps/01-forsta.yaml", "walkthroughs/kort.yaml"),
    ("tracks/mal.yaml", "registers/ideer.yaml", "documents/rapport.yaml", "steps/01-forsta.yaml"),
    ("registers/ideer.yaml", "steps/02-andra.yaml"),
    ("steps/01-forsta.yaml", "walkthroughs/kort.yaml", "coverage.yaml"),
)
NAMES = (
    "../x.yaml", "/x.yaml", "C:x.yaml", "steps/\u202ex.yaml", "steps/a\0.yaml", "STEPS/01.yaml", "steps/con.yaml", "steps/.yaml", "",
    "steps//x.yaml", "steps/x.YAML", "pack.yaml/x.yaml", "steps/\udce5.yaml", "coverage.yaml", "nudges.yaml", "guides/x.yaml",
)  # fmt: skip


def a_mangled_pack(seed: str) -> dict[str, bytes]:
    """Return the files of a pack of at most 4 kB, mangled one to four times."""
    random = Random(seed)
    files = random.choice((_small, _cut))(random)
    for _ in range(random.choice((0, 1, 1, 1, 2, 2, 4))):
        name = random.choice(sorted(files))
        way: Callable[[Random, dict[str, bytes], str], None] = random.choice(
            (_bytes, _lines, _lines, _nodes, _nodes, _words, _words, _words, _file)
        )
        way(random, files, name)
    return _within(files)


def a_mangled_zip(seed: str) -> bytes:
    """Return such a pack as a zip, with its bytes mangled as well."""
    random = Random(f"{seed} zip")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in a_mangled_pack(seed).items():
            archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "x"), content)
    data = bytearray(out.getvalue())
    for _ in range(random.choice((0, 1, 3))):
        at = random.randrange(len(data))
        data[at : at + random.choice((1, 1, 4))] = random.randbytes(random.choice((0, 1, 4)))
    return bytes(data)


# ------------------------------------------------------------------------------------------------ what is mangled


@cache
def _sources() -> Sequence[tuple[str, Any]]:
    """Return each file of the program's own packs that can be cut to size: its name and its data."""
    read = [
        (name, read_yaml(name, content))
        for pack in built_in_packs().values()
        for name, content in sorted(pack.items())
    ]
    return tuple((name, one.data) for name, one in read if isinstance(one, SourceFile))


@cache
def _good() -> Mapping[str, Any]:
    data = {name: read_yaml(name, text.encode()) for name, text in GOOD.items()}
    return {name: one.data for name, one in data.items() if isinstance(one, SourceFile)}


def _small(random: Random) -> dict[str, bytes]:
    """Return the small pack of the tests with some of its files."""
    names = random.choice(TOGETHER)
    files = {name: _yaml(_alone(_good()[name], names)) for name in ("pack.yaml", *names)}
    _name_what_is_there(files, {**_good()["pack.yaml"], "decides": []})
    return files


def _alone(data: Any, names: Sequence[str]) -> Any:
    """Return a file's data without what it says of files that aren't among *names*."""
    if not isinstance(data, dict):
        return data
    kept = {key: value for key, value in data.items() if key != "exercises" or "exercises" in "".join(names)}
    if "cycle.yaml" not in names and isinstance(kept.get("questions"), list):
        kept["questions"] = [one for one in kept["questions"] if "again" not in one]
    return kept


def _cut(random: Random) -> dict[str, bytes]:
    """Return one real file, cut to a few things of each list, and the manifest that names it."""
    name, data = random.choice(_sources())
    kept = _thinned(random, data)
    while len(_yaml(kept)) > MOST - 1_200:
        kept = _thinned(random, kept)
    files = {"pack.yaml": b"", name: _yaml(kept)}
    _name_what_is_there(files, {**_good()["pack.yaml"], "uses": []})
    return files


def _name_what_is_there(files: dict[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Write the manifest so that it names the steps and tracks that are there."""
    named: dict[str, list[str]] = {"steps": [], "tracks": []}
    for name, content in files.items():
        one = read_yaml(name, content)
        if name.split("/")[0] in named and isinstance(one, SourceFile) and isinstance(one.data, dict):
            named[name.split("/")[0]].append(str(one.data.get("id")))
    whole = {key: value for key, value in {**manifest, **named}.items() if value not in ([], {})}
    if len(named["steps"]) < 2:  # the ways in lead to both
        whole.pop("entries", None)
    files["pack.yaml"] = _yaml(whole)


def _thinned(random: Random, data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _thinned(random, value) for key, value in data.items()}
    if isinstance(data, list):
        few = sorted(random.sample(range(len(data)), min(len(data), random.choice((1, 1, 2)))))
        return [_thinned(random, data[at]) for at in few]
    return data if len(data) < 60 else data[:40]


def _yaml(data: Any, indent: int = 0) -> bytes:
    """Write data as an author would, in block style, with every text between quotes."""
    return "".join(_block(data, indent)).encode("utf-8", "replace")


def _block(data: Any, indent: int) -> list[str]:
    pad = "  " * indent
    if not isinstance(data, dict | list) or not data:
        return [f"{pad}{json.dumps(data, ensure_ascii=False)}\n"]
    lines = []
    for key, value in data.items() if isinstance(data, dict) else ((None, value) for value in data):
        head = f"{pad}-" if key is None else f"{pad}{key if key.isalnum() else json.dumps(key)}:"
        if isinstance(value, dict | list) and value:
            lines += [f"{head}\n", *_block(value, indent + 1)]
        else:
            lines.append(f"{head} {json.dumps(value, ensure_ascii=False)}\n")
    return lines


def _within(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files with what is too much cut away at the end of each."""
    left, kept = MOST, {}
    for name, content in files.items():
        kept[name] = content[:left]
        left -= len(kept[name])
    return kept


# ------------------------------------------------------------------------------------------------ how


def _bytes(random: Random, files: dict[str, bytes], name: str) -> None:
    content = bytearray(files[name])
    for _ in range(random.choice((1, 1, 2, 8))):
        at = random.randrange(len(content) + 1)
        put = random.choice((b"", random.randbytes(1), random.choice(ODD).encode("utf-8", "surrogatepass")))
        content[at : at + random.choice((0, 1, 1, 4))] = put
    files[name] = bytes(content)


def _lines(random: Random, files: dict[str, bytes], name: str) -> None:
    lines = files[name].split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = b" " * random.randrange(5) + lines[at].lstrip()
        case 4:
            lines[at] += random.choice(ODD).encode()
        case _:
            del lines[at : at + random.randrange(1, 8)]
    files[name] = b"\n".join(lines)


def _words(random: Random, files: dict[str, bytes], name: str) -> None:
    """Write other words in a text, in one of the ways in which a text can be written."""
    lines = files[name].decode("utf-8", "replace").split("\n")
    texts = [at for at, line in enumerate(lines) if line.lstrip().startswith(("sv: ", "en: "))]
    if not texts:
        return
    at = random.choice(texts)
    pad, word = lines[at].partition(":")[0], " ".join(random.choices(ODD, k=random.choice((1, 2, 5))))
    single = word.replace("'", "''")
    lines[at] = random.choice((
        f"{pad}: {word}",
        f"{pad}: '{single}'",
        f"{pad}: {json.dumps(word)}",
        f"{pad}: |\n{' ' * len(pad)}{word}\n{' ' * len(pad)}{word}",
        f"{pad}: >-\n{' ' * len(pad)}{word}\n\n{' ' * len(pad)}{word}",
        f"{pad}:\n{' ' * len(pad)}{word}\n{' ' * len(pad)}{word}",
    ))  # fmt: skip
    files[name] = "\n".join(lines).encode("utf-8", "surrogatepass")


def _nodes(random: Random, files: dict[str, bytes], name: str) -> None:
    """Change one thing in what the file says, and write it anew."""
    read = read_yaml(name, files[name])
    if not isinstance(read, SourceFile):
        return
    holders = list(_holders(read.data))
    if not holders:
        return
    holder = random.choice(holders)
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = random.choice(ODD)
        case 2:
            other = random.choice(holders)
            holder[key] = json.loads(json.dumps(random.choice(list(_values(other)))))
        case 3:
            for _ in range(random.choice((1, 2, 25))):
                holder[key] = random.choice(({"all": [holder[key]]}, {"not": holder[key]}, [holder[key]]))
        case 4 if isinstance(holder, dict):
            holder[
                random.choice((*ODD, *(word for one in holders for word in one if isinstance(one, dict))))
            ] = holder.pop(key)
        case _:
            holder[key] = [holder[key]] * random.choice((2, 30)) if isinstance(holder[key], str) else "x"
    files[name] = _yaml(read.data)


def _holders(data: Any) -> Any:
    if isinstance(data, dict | list) and data:
        yield data
        for value in _values(data):
            yield from _holders(value)


def _values(holder: Any) -> Any:
    return holder.values() if isinstance(holder, dict) else holder


def _file(random: Random, files: dict[str, bytes], name: str) -> None:
    match random.randrange(3):
        case 0:
            del files[name]
            files.setdefault("pack.yaml", b"id: x")
        case 1:
            files[random.choice(NAMES)] = files.pop(name)
        case _:
            files[f"{random.choice(FOLDERS)}/x.yaml"] = files[name]
