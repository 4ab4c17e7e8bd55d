"""A good pack is put together whole, as its author wrote it."""

from collections.abc import Iterator

from pydantic import BaseModel

from content.json_schema import file_schema, pack_schema
from content.loader import Loaded, Refused, checksum, load, load_all, with_used
from content.pack import Pack
from tests.content.builders import (
    BASE,
    FIRST,
    GOOD,
    MANIFEST,
    REGISTER,
    a_pack,
    files,
    found,
    in_bytes,
    with_change,
)

EXTENSION = """\
id: ideer-tillagg
extends: ideer
title: {sv: Idéer, en: Ideas}
singular: {sv: idé, en: idea}
what: {sv: Det ni kommer på, en: What you think of}
scope: group
title-field: namn
fields:
  - {id: prov-mal, kind: text, title: {sv: Mål, en: Goal}}
ready-made:
  - {id: till, fields: {namn: Till, prov-mal: Högt}}
warn:
  - rule: {at-least: {count: 1, of: {register: ideer, where: {filled: prov-mal}}}}
    say: {sv: Skriv målet, en: Write the goal}
"""


def using_base(extension: str = EXTENSION) -> dict[str, bytes]:
    changed = {**GOOD, "pack.yaml": MANIFEST + "uses: [bas]\n", "registers/tillagg.yaml": extension}
    del changed["registers/ideer.yaml"]
    return in_bytes(changed)


def base() -> Pack:
    return a_pack(in_bytes(BASE))


def test_a_good_pack_loads_with_its_walkthroughs_and_its_coverage():
    result = load(files())

    assert isinstance(result, Loaded)
    assert [step.id for step in result.pack.steps] == ["forsta", "andra"]
    assert list(result.pack.places) == [
        "natverk", "antal", "ideer", "organ", "borjan", "takt", "lage", "berattat", "bilden", "orsak", "malbild",
        "mal-i-ar",
    ]  # fmt: skip
    assert [walkthrough.id for walkthrough in result.walkthroughs] == ["kort"]
    assert result.coverage is not None
    assert [row.row for row in result.coverage.rows] == ["S0-1", "S0-2"]


def test_the_manifest_decides_the_order_of_the_steps():
    changed = with_change("pack.yaml", "steps: [forsta, andra]", "steps: [andra, forsta]")
    del changed["walkthroughs/kort.yaml"], changed["coverage.yaml"]

    pack = a_pack(changed)

    assert [step.id for step in pack.steps] == ["andra", "forsta"]


def test_a_pack_read_back_from_json_is_the_same_pack():
    pack = a_pack()

    assert Pack.model_validate_json(pack.model_dump_json()) == pack


def test_words_that_other_yaml_readers_change_stay_as_they_were_typed():
    typed = ("no", "14:30", "1.0", "on", "0x1F", "1_000", "~", "null", "2027-03-15", "012", ".inf", "Ja: ja")
    for word in typed:
        shown = f'"{word}"' if ": " in word else word
        pack = a_pack(with_change("steps/01-forsta.yaml", "sv: Hur många?", f"sv: {shown}"))
        assert pack.places["antal"].question.ask.said_in("sv") == word


def test_a_block_text_keeps_its_lines():
    text = FIRST.replace(
        "how: {sv: Så, en: So}", "how:\n  sv: |\n    Först #1.\n    Sedan: *allt*.\n  en: So"
    )

    pack = a_pack(files(**{"steps__01-forsta": text}))

    assert pack.steps[0].how.said_in("sv") == "Först #1.\nSedan: *allt*."


def test_a_file_that_begins_with_a_byte_order_mark_loads():
    assert a_pack(files(pack=b"\xef\xbb\xbf" + MANIFEST.encode())).id == "prov"


def test_windows_line_ends_load_and_keep_the_lines():
    windows = FIRST.replace("form: talk", "form: chat").replace("\n", "\r\n")

    assert found(files(**{"steps__01-forsta": windows})) == [("steps/01-forsta.yaml:3", "pack.not-one-of")]


def test_a_pack_without_steps_loads():
    assert a_pack(in_bytes(BASE)).steps == ()


def test_registers_and_tags_of_used_packs_are_there():
    pack = a_pack(using_base(), bas=base())

    assert list(pack.tags) == ["mal", "omraden"]
    assert list(pack.registers) == ["ideer", "orsaker"]


def test_an_extension_adds_to_the_register_as_this_pack_sees_it():
    before = base()

    seen = a_pack(using_base(), bas=before).registers["ideer"]

    assert [field.id for field in seen.fields] == ["namn", "namnd", "omrade", "dag", "vem", "prov-mal"]
    assert [ready.id for ready in seen.ready_made] == ["forst", "till"]
    assert len(seen.warn) == 1
    assert seen.states == before.registers["ideer"].states
    assert [field.id for field in before.registers["ideer"].fields] == [
        "namn",
        "namnd",
        "omrade",
        "dag",
        "vem",
    ]


def test_an_extension_may_not_change_or_shadow_what_is_there():
    cases = {
        "pack.extension-changes": EXTENSION.replace("scope: group", "scope: shared"),
        "pack.extension-field-there": EXTENSION.replace("id: prov-mal", "id: namn"),
        "pack.extension-prefix": EXTENSION.replace("id: prov-mal", "id: provmal"),
        "pack.unknown-base": EXTENSION.replace("extends: ideer", "extends: ideerna"),
        "pack.register-of-used": REGISTER,
    }
    for key, extension in cases.items():
        assert key in [said for _, said in found(using_base(extension), bas=base())]


def test_an_extension_may_keep_for_the_group_what_is_the_organisations():
    wide = BASE["registers/ideer.yaml"].replace("scope: group", "scope: organisation")
    pack = a_pack(using_base(), bas=a_pack(in_bytes({**BASE, "registers/ideer.yaml": wide})))

    assert pack.registers["ideer"].scope == "group"
    assert pack.own_registers == {"ideer"}


def test_a_used_pack_that_is_not_there_is_named():
    assert found(using_base()) == [("pack.yaml:29", "pack.unknown-pack")]


def test_packs_that_use_others_load_after_them_whatever_the_order():
    results = load_all({"prov": using_base(), "bas": in_bytes(BASE)})

    assert all(isinstance(result, Loaded) for result in results.values())


def test_a_pack_is_loaded_with_those_that_it_uses_and_no_others():
    packs = {"bas": in_bytes(BASE), "annan": files(), "prov": using_base()}

    assert list(with_used(packs, "prov")) == ["bas", "prov"]
    assert list(with_used(packs, "annan")) == ["annan"]
    assert isinstance(load_all(with_used(packs, "prov"))["prov"], Loaded)


def test_packs_that_use_each_other_are_refused():
    circle = in_bytes({**BASE, "pack.yaml": BASE["pack.yaml"] + "uses: [prov]\n"})

    results = load_all({"prov": using_base(), "bas": circle})

    assert all(isinstance(result, Refused) for result in results.values())


def test_the_checksum_follows_names_and_bytes_and_not_the_order():
    some = files()

    assert checksum(some) == checksum(dict(reversed(some.items())))
    assert checksum(some) != checksum({**some, "pack.yaml": some["pack.yaml"] + b"\n"})
    assert checksum({"a": b"bc"}) != checksum({"ab": b"c"})


def test_the_json_schema_speaks_the_authors_words():
    schema = pack_schema()

    assert {"PackFile", "Step", "Track", "Register", "Document", "Walkthrough"} <= set(schema["$defs"])
    assert "takes-part" in schema["$defs"]["Step"]["properties"]
    assert "takes_part" not in schema["$defs"]["Step"]["properties"]
    assert schema["x-files"]["steps/*.yaml"] == "#/$defs/Step"
    assert file_schema("pack")["properties"]["format"]["const"] == 1


def test_no_model_of_a_pack_is_made_ready_before_a_pack_is_read():
    models = [
        one for one in _below(BaseModel) if one.__module__.startswith("content.") and "[" not in one.__name__
    ]

    assert Pack in models
    assert [one.__name__ for one in models if not one.model_config.get("defer_build")] == []


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)
