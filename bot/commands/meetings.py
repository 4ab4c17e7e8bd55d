"""``metodcoach meetings``: when bodies meet, and until when what is to be dealt with there must be handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, at_office, right
from dialogs.values.meetings import Reading, Remark, Written, meeting_day, stop_day

if TYPE_CHECKING:
    from datetime import date

    from bot.usecases.meetings import Meetings
    from bot.usecases.office import Office
    from dialogs.model.occurrence import MeetingDay
    from dialogs.values.meetings import Sorted

Body = Annotated[str, typer.Argument(metavar="BODY")]
Day = Annotated[str, typer.Argument(metavar="DAY")]
MOST_SAID = 50  # lines of a file of which something is said


@dataclass(frozen=True)
class MeetingCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def read_in(
            file: Annotated[Path, typer.Argument(metavar="FILE")],
            body: Annotated[
                str, typer.Option("--body", metavar="BODY", help=text("help-meetings-body"))
            ] = "",
            dry_run: Annotated[bool, typer.Option("--dry-run", help=text("help-meetings-dry-run"))] = False,
            keep_good: Annotated[
                bool, typer.Option("--keep-good", help=text("help-meetings-keep-good"))
            ] = False,
            replace: Annotated[bool, typer.Option("--replace", help=text("help-meetings-replace"))] = False,
            organisation: Organisation = "",
        ) -> None:
            self.read_in(file, body, organisation, dry_run=dry_run, keep_good=keep_good, replace=replace)

        app.command("import", help=text("help-meetings-import"))(read_in)
        app.command("list", help=text("help-meetings-list"))(self.list)
        app.command("add", help=text("help-meetings-add"))(self.add)
        app.command("drop", help=text("help-meetings-drop"))(self.drop)
        return app

    def list(
        self,
        body: Annotated[str, typer.Option("--body", metavar="BODY")] = "",
        past: Annotated[bool, typer.Option("--past")] = False,
        organisation: Organisation = "",
    ) -> None:
        def act(office: "Office") -> None:
            meetings = self._meetings(office, organisation)
            wanted = right(self.call, meetings.body(body)) if body else ""
            found = meetings.all(past=past, body=wanted)
            lines[:] = [self._line(meetings, one) for one in found]

        lines: list[str] = []
        at_office(self.call, act)
        for line in lines:
            self.call.print(line)
        if not lines:
            self.call.say("no-meetings-yet")

    def add(
        self,
        body: Body,
        day: Day,
        stop: Annotated[str, typer.Option("--stop", metavar="DAY")] = "",
        organisation: Organisation = "",
    ) -> None:
        def act(office: "Office") -> None:
            from dialogs.model.occurrence import MeetingDay

            meetings = self._meetings(office, organisation)
            whose, on = right(self.call, meetings.body(body)), self._day(day, office)
            last = stop_day(stop, on) if stop.strip() else None
            if stop.strip() and last is None:
                self.call.refuse("meeting-cell-stop", said=stop, wrong_use=True)
            reading = Reading(rows=(Written(1, meetings.name(whose), on, last),))
            sorted_out = meetings.sorted(reading, whose)
            for slip in sorted_out.slips:
                right(self.call, slip.problem)
            said[:] = [self._line(meetings, MeetingDay(whose, on, last))]
            meetings.keep([MeetingDay(whose, on, last)])

        said: list[str] = []
        at_office(self.call, act)
        self.call.say("meeting-line-kept", line=said[-1])

    def drop(self, body: Body, day: Day, organisation: Organisation = "") -> None:
        def act(office: "Office") -> None:
            meetings = self._meetings(office, organisation)
            whose, on = right(self.call, meetings.body(body)), self._day(day, office)
            there = [one for one in meetings.all(past=True, body=whose) if one.day == on]
            if not there:
                self.call.refuse("meeting-not-there", body=meetings.name(whose), day=on)
            said.update(body=meetings.name(whose), day=on)
            meetings.drop(there)

        said: dict[str, object] = {}
        at_office(self.call, act)
        self.call.say("meeting-is-dropped", **said)

    def read_in(
        self, file: Path, body: str, organisation: str, *, dry_run: bool, keep_good: bool, replace: bool
    ) -> None:
        """Keep all that the file says, or nothing; say of each line what is wrong with it and what to write."""
        from bot.clock import SystemClock
        from bot.meeting_file import read_meeting_file

        zone = self.call.settings.zone
        reading = read_meeting_file(file, today=SystemClock(zone).today(), zone=zone)

        def act(office: "Office") -> None:
            meetings = self._meetings(office, organisation)
            found = meetings.sorted(reading, right(self.call, meetings.body(body)) if body else "")
            gone = meetings.missing(found) if replace and (keep_good or not found.slips) else []
            outcome[:] = [(found, [self._line(meetings, one) for one in gone])]
            if dry_run or (found.slips and not keep_good):
                return
            meetings.keep(found.to_keep)
            meetings.drop(gone)

        outcome: list[tuple[Sorted, list[str]]] = []
        at_office(self.call, act)
        self._report(*outcome[-1], dry_run=dry_run, keep_good=keep_good)

    def _report(self, found: "Sorted", gone: Sequence[str], *, dry_run: bool, keep_good: bool) -> None:
        self._say_lines(found.slips)
        self._say_lines(found.notes)
        if found.slips and not keep_good:
            self.call.refuse(
                "meetings-not-imported" if found.good else "meetings-none-imported", n=len(found.good)
            )
        for line in gone:
            self.call.say("meeting-would-go" if dry_run else "meeting-has-gone", line=line)
        counts = {"new": len(found.new), "changed": len(found.changed), "same": len(found.same)}
        self.call.say("meetings-would-be-imported" if dry_run else "meetings-imported", **counts)
        if found.slips:
            self.call.refuse("meetings-slips-left", n=len(found.slips))

    def _say_lines(self, remarks: Sequence[Remark]) -> None:
        for remark in remarks[:MOST_SAID]:
            what = self.call.text(remark.problem.key, **remark.problem.args)
            if remark.line:
                self.call.say("meeting-on-line", line=remark.line, what=what)
            else:
                self.call.print(what)
        if len(remarks) > MOST_SAID:
            self.call.say("meeting-lines-more", n=len(remarks) - MOST_SAID)

    def _meetings(self, office: "Office", organisation: str) -> "Meetings":
        from bot.usecases.meetings import Meetings

        return Meetings(office, right(self.call, office.organisation(organisation)))

    def _day(self, said: str, office: "Office") -> "date":
        day = meeting_day(said, today=office.clock.today())
        if day is None:
            self.call.refuse("meeting-cell-day", said=said, wrong_use=True)
        return day

    def _line(self, meetings: "Meetings", one: "MeetingDay") -> str:
        if one.document_stop is None:
            return self.call.text("meeting-listed", day=one.day, body=meetings.name(one.body))
        return self.call.text(
            "meeting-listed-with-stop", day=one.day, body=meetings.name(one.body), stop=one.document_stop
        )
