"""A group's secret, written wherever a group may write something; those who try to get at it; and every way in there is."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from content.words import commands
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told, private

SECRET = "Zeppelinare"
BESIDE_IT = "bygger"
"""A word that stands beside the secret wherever it can be looked for; whoever tries may say it."""
OURS, SISTER, OTHERS = "vår kanal", "systergruppen", "andra organisationen"
PEOPLE = {"Ada": OURS, "Bo": SISTER, "Cia": OTHERS}
"""Who leads which group. Ada's and Bo's groups are of one organisation; Dan follows Bo's and Cia's from outside."""
GROUPS = {"Ada": "Våra", "Bo": "Systrar", "Cia": "Andra"}
OUTSIDE = {"Bo": SISTER, "Cia": OTHERS, "Dan": "", "Eva": "", "Fia": ""}
"""Who isn't in Ada's group, and in which channel they are: Eva knows nobody, Fia was a member once."""
HELD_IN = ("exempel", "utmaningar", "punkter", "studiebesok", "traffar", "stod", "lardomar")
SAID_OF_NO_REGISTER = (
    "läget",
    "mina",
    "översikt alla",
    "personer",
    "frågor",
    "nästa",
    "visa handboken",
    "visa träffen",
)

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "nothing": ("",),
    "number": ("", " 1.2"),
    "text": (f": {BESIDE_IT}",),
    "number-text": (f" 1.2: {BESIDE_IT}", " 1.3"),
    "name": ("", " Våra", " 1.2"),
    "name-text": (" exempel 1", " goda exempel", f" exempel 1: {BESIDE_IT}", " punkter 1: alla"),
    "names-text": (" samordnarträffar", " stöd och råd 1", " Våra: luckor"),
    "long-name": (" handboken som text", " Våra", " exempel"),
    "words": (" handboken som text", " träffen", " Våra", " studiebesök", " 1"),
}
"""What is said after a word, by what the word takes; every word is tried with each."""

LEAVES = frozenset({"start", "practice", "end-practice", "link-account", "code"})
"""Words that lead out of the groups that are tried, or make other ones. Each is tried last, and told nothing after it."""


def begin(talk: Talk) -> None:
    install(talk, "benchlearning")
    # Whoever looks after the organisation begins its second group too.
    begun = (
        ("Ada", OURS, "Kommunen", "Våra"), ("Ada", SISTER, "Kommunen", "Systrar"), ("Cia", OTHERS, "Bolaget", "Andra"),
    )  # fmt: skip
    for who, room, organisation, group in begun:
        for line in ("starta", organisation, group, "-", "-"):
            talk.says(who, line, room=room)
    talk.says("Ada", "ny person: Bo, samordnare", room=SISTER)
    talk.says("Ada", "ny person: Fia, deltagare", room=OURS)
    for who in (*PEOPLE, "Fia"):
        talk.privately(who, "hjälp")
    for room, who in ((SISTER, "Bo"), (OTHERS, "Cia")):
        talk.says(who, "ny person: Dan, stödjare", room=room)
    talk.privately("Dan", "hjälp")


def tell_secrets(talk: Talk) -> None:
    """Let Ada's group write the secret in every register, in answers and in private; then Fia leaves it."""
    [pack] = talk.shelf.newest()
    for register in HELD_IN:
        model = pack.registers[register]
        talk.says("Ada", f"ny {model.singular.said_in('sv')}: {SECRET} {register}", room=OURS)
        for field in (one for one in model.fields[1:] if one.seen_by is None):
            said = {"text": f"Vi bygger en {SECRET}", "list": SECRET, "date": "2026-09-15"}.get(
                field.kind, "-"
            )
            talk.says("Ada", "Egenmakt" if field.id == "tema" else said, room=OURS)
    talk.says("Ada", "markera lärdomar 1: i handboken", room=OURS)
    talk.says("Ada", f"fastställ 1.2: {SECRET} fungerar", room=OURS)
    talk.says("Ada", f"1.3: {SECRET} syns", room=OURS)
    talk.says("Ada", "ta bort person: Fia", room=OURS)


@cache
def sayings() -> tuple[str, ...]:
    """Return everything that is tried: each command by its first Swedish word, with what such a word takes."""
    tried = [
        f"{command.words[0]}{rest}"
        for name, command in commands().items()
        if name not in LEAVES
        for rest in ARGUMENTS[command.takes]
    ]
    return (*SAID_OF_NO_REGISTER, *tried)


@cache
def actions() -> frozenset[str]:
    """Return every action that some button has, as the program writes them: `Press("…")`, or a name that stands for one."""
    found: set[str] = set()
    for path in (*Path("bot").rglob("*.py"), *Path("dialogs").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Press":
                found.update(_strings(node.args[0], names) if node.args else ())
    return frozenset(found)


def _strings(node: ast.expr, names: dict[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name) and one.id in names:
            yield names[one.id]


def leaks(told: Told) -> list[str]:
    """Return the letters that tell the secret to anybody but its group."""
    ours = (OURS, private("Ada"))
    texts = [one.message.text for one in told.letters if one.room.external not in ours]
    return [text for text in texts if SECRET in text]
