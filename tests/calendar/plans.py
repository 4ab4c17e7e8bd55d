"""A method with measures that are reminded of, and one that has a checkpoint of each kind."""

from content.pack import Pack
from content.schema.cycle import Checkpoint
from content.schema.files import PackFile
from tests.calendar.cycles import a_checkpoint
from tests.dialogs.builders import a_pack, a_question, a_register, options, text


def a_plan() -> Pack:
    """Return a pack whose measures are reminded of: `dag` is the date, `vem` whoever is responsible."""
    fields = [
        {"id": "namn", "kind": "text", "title": {"sv": "Namn", "en": "Name"}, "required": True},
        {"id": "dag", "kind": "date", "title": {"sv": "Dag", "en": "Day"}},
        {"id": "vem", "kind": "person", "title": {"sv": "Vem", "en": "Who"}},
    ]
    states = [
        {"id": "ny", "title": {"sv": "Ny", "en": "New"}},
        {"id": "klar", "title": {"sv": "Klar", "en": "Done"}, "closed": True},
    ]
    names = {"title": {"sv": "Insatser", "en": "Measures"}, "singular": {"sv": "insats", "en": "measure"}}
    register = a_register(
        "insatser", fields=fields, states=states, reminders=[{"date": "dag", "owner": "vem"}], **names
    )
    pack = a_pack(a_question("vision"), a_question("mal"), registers=(register,))
    return pack.model_copy(update={"manifest": pack.manifest.model_copy(update={"coach": "coach"})})


PLAN = a_plan()


def a_year_of_all_kinds() -> Pack:
    """Return the plan with a checkpoint of each kind, trips that some go by, and the group's own meetings."""
    dates = [{"id": id, "kind": "date", "title": text(id)} for id in ("hem", "slut", "dag")]
    fields = [
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
        *dates,
        {"id": "vem", "kind": "person", "title": text("Vem")},
    ]
    registers = [a_register(id, fields=fields) for id in ("resor", "moten")]
    home, ends = ({"register": "resor", "field": field} for field in ("hem", "slut"))
    days, week, month = "working-days", "weeks", "months"
    friday, leap, week_53 = (
        f"FREQ={rule}" for rule in ("MONTHLY;BYDAY=-1FR", "YEARLY;BYMONTH=2;BYMONTHDAY=29", "YEARLY;BYWEEKNO=53;BYDAY=MO")
    )  # fmt: skip
    parts = [a_question("min-del", "number", for_each={"members": "all"})]
    turns = [
        {"id": id, "title": text(id), "first": first, "last": last}
        for id, first, last in (
            ("var", "02-01", "05-31"),
            ("host", "09-01", "11-30"),
            ("vinter", "12-15", "02-29"),
        )
    ]
    paces = [
        {"option": id, "offset": offset}
        for id, offset in (("kvartal", {month: 3}), ("manad", {month: 1}), ("sexveckor", {week: 6}))
    ]
    cycle = [
        a_checkpoint("rrule", id="fredagar", rrule=friday, ahead=[{days: 5}]),
        a_checkpoint("rrule", id="skottdag", rrule=leap, ahead=[{week: 2}]),
        a_checkpoint("rrule", id="vecka-femtiotre", rrule=week_53, ahead=[{week: 1}, {days: 2}]),
        a_checkpoint("meeting-in", id="plan", body="namnd", month=11, ahead=[{week: 6}, {days: 10}], who="ledning",
                     questions=parts),
        a_checkpoint("meeting-in", id="redovisning", body="namnd", month=3, ahead=[{month: 2}], who="ledning"),
        a_checkpoint("next-meeting-after", id="rapport", body="namnd", date=home, owner="vem",
                     ahead=[{days: 10}, {days: 3}]),
        a_checkpoint("before-date", id="slutar", date=ends, owner="vem", ahead=[{month: 6}, {week: 6}]),
        a_checkpoint("after-date", id="efter", date=home, offset={week: 3}, owner="vem", ahead=[{week: 1}]),
        a_checkpoint("times-per-year", id="samtal", windows=turns),
        a_checkpoint("every", id="uppfoljning", rhythm="takt", paces=paces, since={"question": "start"},
                     ahead=[{days: 5}]),
        a_checkpoint("since", id="anyo", since={"question": "forsta"}, every={days: 20}, until={"answered": "stopp"},
                     ahead=[{days: 3}], who="ledning"),
        a_checkpoint("term-start", id="fullmaktige", of="council", ahead=[{month: 3}]),
        a_checkpoint("term-start", id="styrelse", of="board", changed_by="byte", ahead=[{month: 1}]),
    ]  # fmt: skip
    questions = [
        a_question("namnd", "body"), a_question("takt", "choice", options=options("kvartal", "manad", "sexveckor")),
        *(a_question(id, "date") for id in ("start", "forsta", "byte")), a_question("stopp"),
    ]  # fmt: skip
    pack = a_pack(*questions, registers=registers)
    head = {"coach": "coach", "meetings": {"register": "moten", "field": "dag"}}
    manifest = PackFile.model_validate({**pack.manifest.model_dump(by_alias=True), **head})
    kinds = tuple(Checkpoint.model_validate(one) for one in cycle)
    return pack.model_copy(update={"manifest": manifest, "cycle": kinds})


EVERY_KIND = a_year_of_all_kinds()
