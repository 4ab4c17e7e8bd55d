"""Shows how a group stands as a picture: its steps, its plan or its year, with the same in words below it."""

from collections.abc import Mapping

from bot.usecases.about import about_journey
from bot.usecases.file_kinds import CHARTS, chart_file
from bot.usecases.group_charts import chart_of, kind_for
from bot.usecases.handing_out import hand_out, may_have
from bot.usecases.named_groups import named_group
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press, words
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.chart import Kind

SHOW = "chart"
_KINDS: Mapping[Kind, tuple[str, ...]] = {
    "steps": ("läget", "läge", "stegen", "alla steg", "the status", "status", "the steps", "steps"),
    "plan": ("handlingsplanen", "handlingsplan", "planen", "plan", "tidslinjen", "tidslinje",
             "the action plan", "action plan", "the plan", "the timeline", "timeline"),
    "year": ("årshjulet", "årshjul", "hela året", "året", "år", "hållpunkterna", "hållpunkter",
             "the year wheel", "year wheel", "the year", "year", "checkpoints"),
}  # fmt: skip


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`bild`, `bild planen`, `bild året 2027`; in private with a group's name last. Other words are words."""
    kind, rest = _read(heard.rest)
    year, rest = _year(rest, turn.today.year) if kind == "year" else (0, rest)
    journey = named_group(turn, rest) if rest else None
    if kind is None or (rest and journey is None):
        return False
    if journey is None:
        if spot is None and not journeys_here(turn):
            return False
        at = about_journey(turn, spot)
        journey = at.journey if at is not None else None
    if journey is not None:
        show_kind(turn, journey, kind, year)
    return True


def press(turn: Turn, journey: str, argument: str) -> None:
    """The same by a button."""
    kind = next((one for one in _KINDS if one == argument), None)
    if kind is None:
        turn.refuse(Problem("old-button"))
    else:
        show_kind(turn, journey, kind)


def show_kind(turn: Turn, journey: str, kind: Kind, year: int = 0) -> None:
    """Hand out the picture where it is asked for, to those who may see it; in words where it can't be drawn."""
    pack = turn.pack_of(turn.uow.journeys.head(journey))
    kind = kind_for(pack, kind)
    if kind == "year" and not year:
        year = turn.today.year
    recipe = Recipe(CHARTS[kind], turn.person.id, journey, str(year) if year else "", turn.language)
    if not may_have(recipe, turn.uow):
        turn.refuse(Problem("file-not-yours"))
        return
    chart = chart_of(
        recipe, uow=turn.uow, shelf=turn.shelf, book=turn.book, language=turn.language, today=turn.today
    )
    if chart is None:
        turn.say(f"chart-none-{kind}", year=year)
        return
    said = Composer().say(turn.words.say("chart-here"))
    in_words = Composer().bullets(words(line) for line in chart.lines)
    if turn.shows_pictures:
        said.fold(turn.words.text("chart-in-words"), in_words)
    else:
        said.blocks.extend(in_words.blocks)
    for other in _KINDS:
        if other != kind and kind_for(pack, other) == other:
            said.button(turn.words.text(f"button-chart-{other}"), Press(SHOW, None, other))
    hand_out(turn, chart_file(turn.words, recipe, chart), said)


def _read(text: str) -> tuple[Kind | None, str]:
    """Return which picture is asked for, and what else is said; the steps where nothing is."""
    said = " ".join(text.split()).strip(" .?!:")
    if not said:
        return "steps", ""
    named = sorted(
        ((word, kind) for kind, all in _KINDS.items() for word in all), key=lambda one: -len(one[0])
    )
    for word, kind in named:
        if said.casefold() == word or said.casefold().startswith((f"{word} ", f"{word}:")):
            return kind, said[len(word) :].strip(" :")
    return None, said


def _year(rest: str, this: int) -> tuple[int, str]:
    """Return the year that is named, of those that there is anything to say of, and what else is said; 0 for none."""
    first, _, others = rest.partition(" ")
    if len(first) == 4 and first.isdecimal() and abs(int(first) - this) <= 1:
        return int(first), others.strip()
    return 0, rest
