"""Works out once more, from the raw rows and the packs' files alone, what the efforts were for and what came of them.

Shares no code with what makes it: neither the pack's models nor the journey's.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import Engine, text

from tests.walkthroughs.claims import day_of

PACKS = Path("content/packs")


@cache
def read(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


@cache
def registers_of(pack: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the registers as their files have them: fields one after the other, what is said of efforts put together."""
    found: dict[str, dict[str, Any]] = {}
    for one in ("gemensamt", pack):
        for file in sorted((PACKS / one / "registers").glob("*.yaml")):
            raw = read(file)
            base = found.get(raw.get("extends", ""))
            if base is None:
                found[raw["id"]] = {**raw}
                continue
            base["fields"] = [*base["fields"], *raw["fields"]]
            if "effort" in raw:
                more, was = raw["effort"], base.get("effort", {})
                results = [*was.get("results", ()), *more.get("results", ())]
                base["effort"] = {**more, **was, "results": results}
    return found


@cache
def tags_of(pack: str) -> Mapping[str, list[str]]:
    raw = [tag for one in ("gemensamt", pack) for tag in read(PACKS / one / "pack.yaml").get("tags", ())]
    return {tag["id"]: [value["id"] for value in tag["values"]] for tag in raw}


@cache
def tag_asked(pack: str, question: str) -> str:
    """Return the tag that the question's answer is chosen from."""
    files = [PACKS / pack / "cycle.yaml", *(PACKS / pack / "steps").glob("*.yaml")]
    parts = [part for file in files for part in (read(file), *read(file).get("checkpoints", ()))]
    [asked] = [one for part in parts for one in part.get("questions", ()) if one["id"] == question]
    return str(asked["options-from"]["tag"])


@dataclass
class ImpactClaims:
    """The rows of one journey, and what they come to on a day, of a year or of all the time."""

    engine: Engine
    journey: str
    pack: str
    today: date
    year: int | None

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(text(sql), values)]

    @cached_property
    def head(self) -> Mapping[str, Any]:
        [row] = self.rows("SELECT * FROM journey WHERE id = :journey", journey=self.journey)
        return row

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        rows = self.rows(
            "SELECT content FROM record WHERE organisation = :home AND practice = :practice"
            " AND (group_id IS NULL OR group_id = :group) ORDER BY number",
            home=self.head["organisation"], practice=self.head["practice"], group=self.head["group_id"],
        )  # fmt: skip
        return [json.loads(row["content"]) for row in rows]

    @cached_property
    def efforts(self) -> dict[str, dict[str, Any]]:
        """Each record that counts and falls in the year, with what is known of it."""
        found = {}
        for record in self.records:
            register = registers_of(self.pack).get(record["register"], {})
            how = register.get("effort")
            if how is None or ("counts" in how and record["state"] not in how["counts"]):
                continue
            fields = record["fields"]
            last = fields.get(how.get("last", ""), "")
            first = fields.get(how["first"], "") if "first" in how else last
            passed = how.get("over-after-last") == "true" or how.get("over-after-last") is True
            over = "states" not in register or record["state"] in how.get("done", ())
            over = over or bool(passed and last and date.fromisoformat(last) < self.today)
            found[record["id"]] = {
                "record": record, "how": how, "over": over, "first": first, "last": last,
                "results": {(record["id"], one) for one in how.get("results", ()) if fields.get(one)},
            }  # fmt: skip
        for part in list(found.values()):
            whole = found.get(part["record"]["fields"].get(part["how"].get("part-of", ""), ""))
            if whole is not None:
                whole["results"] |= {one for one in part["results"] if one[0] == part["record"]["id"]}
        return {id: one for id, one in found.items() if self.year is None or self._is_in_year(one)}

    def _is_in_year(self, one: Mapping[str, Any]) -> bool:
        today = self.today.isoformat()
        first, last = one["first"], one["last"]
        if not first and not last:
            return not one["over"] and self.today.year == self.year
        first = first or (last if one["over"] else min(last, today))
        last = last or (first if one["over"] else max(first, today))
        years = sorted(int(day[:4]) for day in (first, last))
        return years[0] <= (self.year or 0) <= years[1]

    @cached_property
    def reached(self) -> Mapping[tuple[str, str], set[str]]:
        """Return the efforts by the tag's or register's id and the value's or record's."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id, one in self.efforts.items():
            for kind, value in self._marks(one["record"]):
                found[kind, value].add(id)
        return found

    def _marks(self, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        registers = registers_of(self.pack)
        for spec in registers[record["register"]]["fields"]:
            value = record["fields"].get(spec["id"])
            said = value if isinstance(value, list) else [value] if value else []
            tag = spec.get("options-from", {}).get("tag")
            if tag is not None:
                everything = [one for one in tags_of(self.pack)[tag] if one != "samtliga"]
                yield from ((tag, one) for one in (everything if "samtliga" in said else said))
            aims = registers.get(spec.get("register", ""), {}).get("aims", ())
            yield from ((spec["register"], one) for one in said if self._state_of(one) in aims)

    def _state_of(self, id: str) -> str | None:
        return next((one["state"] for one in self.records if one["id"] == id), None)

    @property
    def unevaluated(self) -> dict[str, set[str]]:
        found = {}
        for id, one in self.efforts.items():
            asked = one["how"].get("results", ())
            own = {field for key, field in one["results"] if key == id}
            chosen = one["how"].get("chosen", {}).get("equals", {})
            is_chosen = bool(chosen) and one["record"]["fields"].get(chosen["field"]) == chosen["to"]
            left = set(asked) - own
            if one["over"] and left and (is_chosen or not one["results"]):
                found[id] = left
        return found

    def named(self, which: str) -> Counter[tuple[str, str]]:
        """Return how many answers name each value of a tag."""
        return Counter(
            (tag_asked(self.pack, address.partition("|")[0]), value)
            for address, said in self.told(which)
            for value in json.loads(said)
            if value in tags_of(self.pack)[tag_asked(self.pack, address.partition("|")[0])]
        )

    def told(self, which: str) -> set[tuple[str, Any]]:
        """Return the settled answers to the questions that the pack names under *which*, by address."""
        found = set()
        for asked in read(PACKS / self.pack / "pack.yaml").get("impact", {}).get(which, ()):
            question = asked if isinstance(asked, str) else asked["question"]
            back = not isinstance(asked, str) and asked.get("of") == "year-before"
            rows = self.rows(
                "SELECT * FROM item WHERE journey = :journey AND question = :question",
                journey=self.journey, question=question,
            )  # fmt: skip
            for row in rows:
                state = json.loads(row["state"])
                answer = state.get("answer")
                if not answer or state.get("skipped"):
                    continue
                period = row["period"][:4]
                year = int(period) if period.isdecimal() else day_of(answer["at"]).year
                if self.year is None or which == "wanted" or year - back == self.year:
                    found.add((row["address"], json.dumps(answer["value"])))
        return found
