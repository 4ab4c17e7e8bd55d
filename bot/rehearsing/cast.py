"""Who plays: an organisation that doesn't exist, its units and bodies, and somebody in each role."""

from collections.abc import Iterator

from content.pack import Pack
from content.schema.files import Actor

ORGANISATION = "Exempelkommunen"
UNITS = {"sv": ("Skola", "Omsorg", "Teknik"), "en": ("Schools", "Care", "Works")}
BODIES = {
    "sv": ("Kommunfullmäktige", "Kommunstyrelsen", "Barnnämnden"),
    "en": ("The council", "The executive board", "The school committee"),
}
NAMES = (
    "Alva", "Bertil", "Cecilia", "David", "Elsa", "Fatima", "Gustav", "Hanna", "Ibrahim", "Jonna", "Karl", "Leila",
    "Maja", "Nils", "Olga", "Petra", "Rasmus", "Siri", "Tuva", "Viktor", "Yasmin", "Zara", "Åke", "Ärla", "Örjan",
)  # fmt: skip


def cast(pack: Pack, language: str) -> dict[str, Actor]:
    """Return the people by name, whoever leads first: one in each role, one from each unit where each unit has one."""
    units = UNITS.get(language, UNITS["en"])
    manifest = pack.manifest
    people: dict[str, Actor] = {}
    for roles, unit in _parts(pack, units):
        name = NAMES[len(people)] if len(people) < len(NAMES) else f"Person {len(people) + 1}"
        people[name] = Actor(name=name, roles=roles, unit=unit, admin=not people)
    if not people:
        people[NAMES[0]] = Actor(
            name=NAMES[0], roles=(manifest.leader,) if manifest.leader else (), admin=True
        )
    return people


def _parts(pack: Pack, units: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the roles and the unit of each."""
    manifest = pack.manifest
    group = (manifest.group,) if manifest.group else ()
    if manifest.leader:
        yield (manifest.leader, *group), units[0]
    else:
        yield group, units[0]
    of_each_unit = {one.what.member for one in pack.coverage_of.values() if one.units is not None}
    for role in manifest.roles:
        if role.id in (manifest.leader, manifest.group):
            continue
        for unit in units if role.id in of_each_unit else (None,):
            inside = group if not role.external and unit is not None else ()
            yield (role.id, *inside), unit
    for unit in units[1:] if group else ():
        yield group, unit
