"""The command line: what there is, each command's own file, and a kind word when something can't be done."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.call import WRONG_USE, Call, Slip, call_of
from bot.settled import begin


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 it is done, 1 it can't be, 2 it was written wrongly, 78 a setting is wrong.

    130 is what shells call a command that Ctrl-C ended.
    """
    begin()
    _say_what_can_be_said()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    try:
        call, rest = call_of(sys.argv[1:] if arguments is None else arguments)
    except Slip as slip:
        return _told(slip)
    try:
        return (
            typer.main.get_command(commands(call, rest[0] if rest else ""))(
                rest or ["--help"], prog_name="metodcoach", standalone_mode=False
            )
            or 0
        )
    except Slip as slip:
        return _told(slip)
    except BrokenPipeError:
        # Whoever read us has gone; what is left goes nowhere, or Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (PermissionError, FileNotFoundError) as error:
        return _told(call.no_file(error)) if error.filename is not None else _failed(call, error)
    except Exception as error:  # noqa: BLE001 - nobody is shown a traceback: it may hold what people wrote
        if not hasattr(error, "format_message"):  # typer's own errors have one
            return _failed(call, error)
        return _told(Slip(_wrong_use(call, error), WRONG_USE))


def commands(call: Call, asked: str | None = None) -> typer.Typer:
    """Return every command, with its help in the call's language; of the groups, what the one *asked* for holds, or all."""
    app = typer.Typer(
        add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=call.text("help-metodcoach"), epilog=call.text("help-everywhere"),
    )  # fmt: skip

    def tell_version(wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            call.print(f"metodcoach {version('metodcoach')}")
            raise typer.Exit

    def first(
        version: Annotated[
            bool,
            typer.Option("--version", is_eager=True, callback=tell_version, help=call.text("help-version")),
        ] = False,
    ) -> None: ...

    app.callback()(first)

    def talk() -> None:
        from bot.chat import chat

        chat(call)

    def serve() -> None:
        from bot.serve import serve

        serve(call)

    def doctor(
        quiet: Annotated[bool, typer.Option("--quiet")] = False,
        online: Annotated[bool, typer.Option("--online")] = False,
    ) -> None:
        from bot.doctor.examination import examine

        raise typer.Exit(examine(call, quiet=quiet, online=online))

    def export(
        group: Annotated[str, typer.Argument(metavar="GROUP")],
        to: Annotated[Path, typer.Option("--to", metavar="DIR")] = Path(),
        organisation: Annotated[str, typer.Option("--organisation", metavar="ORG")] = "",
        overwrite: Annotated[bool, typer.Option("--overwrite")] = False,
        documents: Annotated[
            bool, typer.Option("--documents", help=call.text("help-export-documents"))
        ] = False,
    ) -> None:
        from bot.commands.export import write_export

        write_export(call, group, to, organisation, overwrite=overwrite, documents=documents)

    app.command("chat", help=call.text("help-chat"))(talk)
    app.command("serve", help=call.text("help-serve"))(serve)
    app.command("doctor", help=call.text("help-doctor"))(doctor)
    app.command("export", help=call.text("help-export"))(export)

    def tick(
        now: Annotated[str, typer.Option("--now", metavar="TIME", help=call.text("help-tick-now"))] = "",
    ) -> None:
        from bot.commands.clock import ClockCommands

        ClockCommands(call).tick(now)

    app.command("tick", help=call.text("help-tick"))(tick)
    for name, group in _groups(call).items():
        app.add_typer(
            group() if asked in (None, name) else _listed(), name=name, help=call.text(f"help-{name}")
        )
    return app


def _groups(call: Call) -> Mapping[str, Callable[[], typer.Typer]]:
    """Return what makes each group of commands. Whoever asks for one waits for no other to be read."""

    def db() -> typer.Typer:
        from bot.commands.db import DatabaseCommands

        return DatabaseCommands(call).app()

    def calendar() -> typer.Typer:
        from bot.commands.calendar import CalendarCommands

        return CalendarCommands(call).app()

    def meetings() -> typer.Typer:
        from bot.commands.meetings import MeetingCommands

        return MeetingCommands(call).app()

    def document() -> typer.Typer:
        from bot.commands.document import DocumentCommands

        return DocumentCommands(call).app()

    def register() -> typer.Typer:
        from bot.commands.register import RegisterCommands

        return RegisterCommands(call).app()

    def reminders() -> typer.Typer:
        from bot.commands.clock import ClockCommands

        return ClockCommands(call).app()

    def secret() -> typer.Typer:
        from bot.commands.secret import SecretCommands

        return SecretCommands(call).app()

    def outbox() -> typer.Typer:
        from bot.commands.outbox import OutboxCommands

        return OutboxCommands(call).app()

    def audit() -> typer.Typer:
        from bot.commands.audit import AuditCommands

        return AuditCommands(call).app()

    def records() -> typer.Typer:
        from bot.commands.records import RecordsCommands

        return RecordsCommands(call).app()

    def teams() -> typer.Typer:
        from bot.commands.teams import TeamsCommands

        return TeamsCommands(call).app()

    def pack() -> typer.Typer:
        from bot.commands.pack import PackCommands

        return PackCommands(call).app()

    def admin() -> typer.Typer:
        from bot.commands.admin import AdminCommands

        return AdminCommands(call).app()

    def person() -> typer.Typer:
        from bot.commands.person import PersonCommands

        return PersonCommands(call).app()

    def disposal() -> typer.Typer:
        from bot.commands.disposal import DisposalCommands

        return DisposalCommands(call).app()

    def unit() -> typer.Typer:
        from bot.commands.parts import PartCommands

        return PartCommands(call, "unit").app()

    def body() -> typer.Typer:
        from bot.commands.parts import PartCommands

        return PartCommands(call, "body").app()

    return {
        "db": db,
        "calendar": calendar,
        "meetings": meetings,
        "document": document,
        "register": register,
        "reminders": reminders,
        "secret": secret,
        "outbox": outbox,
        "audit": audit,
        "records": records,
        "teams": teams,
        "pack": pack,
        "admin": admin,
        "person": person,
        "unit": unit,
        "body": body,
        "disposal": disposal,
    }


def _listed() -> typer.Typer:
    """Return a group that is named in the help, and no more."""
    group = typer.Typer()
    group.callback()(lambda: None)
    return group


def _say_what_can_be_said() -> None:
    """Let a character that an old terminal's encoding lacks be a question mark, where Python would stop the command.

    What goes into a file or to another program is UTF-8, as a conversation through a pipe is.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding or sys.stdout.encoding, errors="replace")


def _told(slip: Slip) -> int:
    sys.stderr.write(f"{slip}\n")
    return slip.code


def _wrong_use(call: Call, error: Exception) -> str:
    """Say what was written wrongly, and which help tells more."""
    command = getattr(getattr(error, "ctx", None), "command_path", "metodcoach")
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            what = call.text("command-no-option", name=getattr(error, "option_name", ""))
        case "MissingParameter" if parameter is not None:
            what = call.text("command-missing", name=_name_of(parameter))
        case _:
            what = call.text("command-wrong")
    return f"{what} {call.text('command-see-help', command=command)}"


def _name_of(parameter: Any) -> str:
    """Return an option as it is typed, an argument as the help shows it."""
    option = next((name for name in parameter.opts if name.startswith("-")), "")
    return option or parameter.metavar or str(parameter.name).upper()


def _failed(call: Call, error: Exception) -> int:
    import logging

    from bot.logs import failure, log_to_stderr

    log_to_stderr("error")
    logging.getLogger(__name__).error("command failed", extra=failure(error))
    return _told(Slip(call.text("command-failed", error=type(error).__name__)))


if __name__ == "__main__":
    sys.exit(main())
