"""Works out once more, from the raw rows alone, all that a summary claims. Shares no code with what makes summaries."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, text

from content.pack import Pack
from dialogs.ports import Look

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOBODYS = {
    "checkpoint-closed",
    "checkpoint-moved",
    "checkpoint-opened",
    "marked",
    "round-closed",
    "version-changed",
}
SETTLED = {"settled", "skipped", "review"}


def day_of(at: Any) -> date:
    known = datetime.fromisoformat(at) if isinstance(at, str) else at
    return (known if known.tzinfo else known.replace(tzinfo=UTC)).astimezone(STOCKHOLM).date()


@dataclass
class Claims:
    """The rows of one journey, and what they come to on a day."""

    engine: Engine
    journey: str
    pack: Pack
    today: date

    def rows(self, sql: str, **values: object) -> Sequence[Mapping[str, Any]]:
        with self.engine.connect() as connection:
            found = connection.execute(text(sql), {"journey": self.journey, **values})
            return [dict(row._mapping) for row in found]

    @cached_property
    def head(self) -> Mapping[str, Any]:
        [row] = self.rows("SELECT * FROM journey WHERE id = :journey")
        return row

    @cached_property
    def started(self) -> date:
        return date.fromisoformat(str(self.head["started"]))

    @cached_property
    def events(self) -> Sequence[Mapping[str, Any]]:
        rows = self.rows("SELECT * FROM entry WHERE journey = :journey ORDER BY sequence")
        return [
            {**json.loads(row["event"]), "number": row["sequence"], "day": day_of(row["at"])} for row in rows
        ]

    @cached_property
    def members(self) -> Sequence[Mapping[str, Any]]:
        return self.rows(
            "SELECT * FROM membership WHERE group_id = :group AND until IS NULL ORDER BY seat, position",
            group=self.head["group_id"],
        )

    def holders(self, role: str) -> set[str]:
        return {row["person"] for row in self.members if row["role"] == role and not row["deputy"]}

    @cached_property
    def heard(self) -> Mapping[str, date]:
        found: dict[str, date] = {}
        for event in self.events:
            if event["kind"] in NOBODYS or (event["kind"] == "settled" and event["how"] == "consent"):
                continue
            for person in (event["by"], event.get("person")):
                if person:
                    found[person] = event["day"]
        return found

    @cached_property
    def life(self) -> date | None:
        outside = self.holders(self.pack.manifest.coach) if self.pack.manifest.coach else set()
        return max((day for person, day in self.heard.items() if person not in outside), default=None)

    @cached_property
    def quiet(self) -> set[str]:
        if self.head["state"] != "active":
            return set()
        roles = self.pack.manifest.roles
        sides = [role.id for role in roles if role.side is not None]
        taking_part = {role.id for role in roles if role.takes_part}
        named = [self.pack.manifest.group, self.pack.manifest.leader, *sides]
        counted = {person for role in named if role in taking_part for person in self.holders(role or "")}
        if not counted:
            inside = taking_part - {role.id for role in roles if role.external}
            counted = {row["person"] for row in self.members if row["role"] in inside}
        joined = {row["person"]: date.fromisoformat(str(row["joined"])) for row in self.members}
        return {
            person
            for person in counted
            if self.today - self.heard.get(person, joined[person]) >= timedelta(days=21)
        }

    def records(self, register: str) -> Sequence[Mapping[str, Any]]:
        """Return the open records of the group's scope and the organisation's; a practice journey has its own."""
        if self.head["practice"]:
            seen = "journey = :journey"
        else:
            seen = (
                "NOT practice AND (group_id = :group OR (group_id IS NULL AND organisation = :organisation))"
            )
        rows = self.rows(
            f"SELECT * FROM record WHERE register_id = :register AND {seen} ORDER BY number", register=register,
            group=self.head["group_id"], organisation=self.head["organisation"],
        )  # fmt: skip
        closed = {state.id for state in self.pack.registers[register].states if state.closed}
        return [row for row in rows if row["state"] not in closed]

    @cached_property
    def late(self) -> list[tuple[date, str, str | None]]:
        """Each late record with its day and owner, the oldest first. There is but one group in a walkthrough."""
        people = {row["person"] for row in self.members}
        found = []
        for register in self.pack.registers.values():
            for reminder in register.reminders[:1]:
                for row in self.records(register.id):
                    fields = json.loads(row["content"])["fields"]
                    day = str(fields.get(reminder.date) or "")
                    if day and date.fromisoformat(day) < self.today:
                        owner = fields.get(reminder.owner) if reminder.owner else None
                        found.append((date.fromisoformat(day), row["id"], owner if owner in people else None))
        return sorted(found, key=lambda one: one[:2])

    @cached_property
    def late_checkpoints(self) -> set[str]:
        rows = self.rows("SELECT * FROM checkpoint WHERE journey = :journey AND state = 'open'")
        return {
            "|".join((row["checkpoint"], row["subject"], row["period"]))
            for row in rows
            if date.fromisoformat(str(row["due"])) < self.today
        }

    @cached_property
    def lapsed(self) -> set[str]:
        found = set()
        for event in self.events:
            key = "|".join(event.get("address") or ())
            if event["kind"] == "round-closed" and event["outcome"] == "no-quorum":
                found.add(key)
            elif event["kind"] in ("settled", "skipped", "reopened", "round-opened"):
                found.discard(key)
        return found

    @cached_property
    def signed(self) -> list[str]:
        found: list[str] = []
        for event in self.events:
            if event["kind"] == "step-signed":
                found = [*(one for one in found if one != event["step"]), event["step"]]
            elif event["kind"] == "step-reopened":
                found = [one for one in found if one != event["step"]]
        return found

    @cached_property
    def step(self) -> str | None:
        begun = False
        for step in self.pack.steps:
            begun = begun or step.id == self.head["first_step"]
            if begun and step.id not in self.signed:
                return step.id
        return None

    @cached_property
    def owed(self) -> set[str]:
        coach = self.pack.manifest.coach
        if not coach or not self.holders(coach):
            return set()
        given = set()
        for event in self.events:
            if event["kind"] == "feedback":
                address = event.get("address")
                place = self.pack.places[address[0]] if address else None
                about = address[1] if address else ""
                given.add(
                    event["step"] if place is None else about[5:] if about.startswith("step:") else place.step
                )
        return set(self.signed) - given

    @cached_property
    def vacant(self) -> set[str]:
        return {
            role.id for role in self.pack.manifest.roles
            if not role.external and len(self.holders(role.id)) < role.at_least
        }  # fmt: skip

    @cached_property
    def nobody(self) -> set[str]:
        held = {row["role"] for row in self.members}
        return {
            role.id for role in self.pack.manifest.roles
            if not role.external and not role.at_least and role.id not in held
        }  # fmt: skip

    @cached_property
    def support(self) -> list[str]:
        return [row["id"] for row in self.records("stod")] if "stod" in self.pack.registers else []

    @cached_property
    def meeting(self) -> tuple[date, str] | None:
        rows = self.rows(
            "SELECT * FROM meeting WHERE organisation = :organisation AND NOT called_off",
            organisation=self.head["organisation"],
        )
        ahead = [(date.fromisoformat(str(row["day"])), row["body"]) for row in rows]
        return min((one for one in ahead if one[0] >= self.today), default=None)

    @cached_property
    def items(self) -> Sequence[Mapping[str, Any]]:
        return self.rows("SELECT * FROM item WHERE journey = :journey AND status <> 'retired'")

    @cached_property
    def review(self) -> set[str]:
        return {row["address"] for row in self.items if row["status"] == "review"}

    @cached_property
    def done(self) -> int:
        """How many of the current step's questions are done that aren't optional; what is asked no more isn't counted."""
        return sum(row["step"] == self.step and row["status"] in SETTLED for row in self.items)

    @cached_property
    def tracks(self) -> Mapping[str, int]:
        """Return how many of each track's questions have been done at least once."""
        behind = {row["question"] for row in self.items if row["status"] in SETTLED}
        return {
            track.id: sum(
                question.id in behind
                for placed in track.asked
                for question in placed.questions
                if not question.optional
            )
            for track in self.pack.tracks
        }

    def without_anybody(self, coverage: str) -> set[str]:
        """Return the units from which nobody is, or nobody with the role that the coverage wants."""
        wanted = self.pack.coverage_of[coverage].what.member
        units = self.rows(
            "SELECT id FROM unit WHERE organisation = :organisation AND until IS NULL",
            organisation=self.head["organisation"],
        )
        there = {
            row["unit"] for row in self.members
            if wanted == "any" or (row["role"] == wanted and not row["deputy"])
        }  # fmt: skip
        return {row["id"] for row in units} - there

    def waits_for(self, address: Sequence[str]) -> set[str]:
        """Return who of the working group hasn't answered the question, voices in a round apart."""
        given = {
            event.get("person") or event["by"]
            for event in self.events
            if event["kind"] == "contributed" and list(event["address"]) == list(address)
        }
        return self.holders(self.pack.manifest.group or "") - given

    def news(self, look: Look) -> Mapping[str, object]:
        """Return what the journal tells after somebody looked."""
        new = [event for event in self.events if event["number"] > look.sequence]
        of_kind = defaultdict(list)
        for event in new:
            of_kind[event["kind"]].append(event)
        return {
            "contributions": len(of_kind["contributed"]),
            "settled": {"|".join(event["address"]) for event in of_kind["settled"]},
            "signed": {event["step"] for event in of_kind["step-signed"]},
            "records": len(of_kind["record-added"]),
            "feedback": len(of_kind["feedback"]),
        }
