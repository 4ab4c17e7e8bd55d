"""``metodcoach pack new``: a small pack of one's own to begin with, whole or not at all."""

from pathlib import Path
from tempfile import mkdtemp

from bot.call import Call
from bot.packs.on_disk import built_in_packs
from content.loader import Refused, load
from content.new_pack import LANGUAGES, is_id, new_pack, title_of


def make(call: Call, id: str, folder: Path, *, title: str, languages: str) -> None:
    """Write the pack's folder in *folder*, and say what to do next. Nothing that is there is written over."""
    chosen = _languages(call, languages)
    if not is_id(id):
        call.refuse("pack-new-id", id=id, wrong_use=True)
    if id in built_in_packs():
        call.refuse("pack-new-taken", id=id)
    home = folder / id
    if home.is_symlink() or home.exists():
        call.refuse("pack-new-exists", folder=home)
    files = new_pack(id, title=title.strip() or title_of(id), languages=chosen, remarks=call.language)
    loaded = load(files)
    if isinstance(loaded, Refused):  # only the title comes from outside
        call.refuse("pack-new-title", why=loaded.problems[0].what(call.language), wrong_use=True)
    try:
        _write(files, home)
    except OSError as error:
        call.refuse("pack-new-unwritable", folder=home, error=error.strerror or type(error).__name__)
    call.say("pack-new-done", folder=home)
    for name in sorted(files):
        call.print(f"  {home / name}")
    call.say("pack-new-next", folder=home)


def _languages(call: Call, typed: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(word.strip().lower() for word in typed.split(",") if word.strip()))
    if any(language not in LANGUAGES for language in chosen):
        call.refuse("pack-new-languages", said=typed, known=", ".join(LANGUAGES), wrong_use=True)
    return chosen or (call.language,)


def _write(files: dict[str, bytes], home: Path) -> None:
    """Write the files beside where they go, then put them there in one move. Raises ``OSError``."""
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(dir=home.parent, prefix=f".{home.name}-"))
    for name, content in files.items():
        (beside / name).parent.mkdir(exist_ok=True)
        (beside / name).write_bytes(content)
    beside.chmod(0o755)  # mkdtemp makes it for its owner alone; a pack is no secret
    beside.rename(home)
