"""What is pictured: letters of EU-coachmetoden's walkthrough, one of its forms, and a Home at that time, in each chat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.documents.chart import as_png, data_of
from bot.packs.on_disk import built_in_packs
from bot.png import description_of
from bot.slack.home_view import home_view
from bot.slack.modal import modal
from bot.slack.render import posts
from bot.stage import DeskStage
from bot.teams.dialog import dialog
from bot.teams.render import posts as cards
from bot.usecases.group_charts import PLAN, STEPS, YEAR, chart_of
from bot.usecases.home import home_of
from bot.walking import NumberedIds, Onlookers, Walker
from content.loader import Loaded, load_all
from content.phrases.book import Phrasebook
from dialogs.files import Recipe
from dialogs.messages import Heading, Mention, Message
from dialogs.ports import ClaimedLetter

PACK, WALKTHROUGH, LANGUAGE = "eu-coachmetoden", "hela-resan", "sv"
WHOSE_HOME = "Samordnaren"
# Under these names platforms have what people read; ids stand under others.
READ = {"initial_date", "initial_value", "label", "placeholder", "text", "title"}

STEP = "A message in the channel: step 1 of 10 with its purpose, who takes part and how, and tips."
QUESTION = (
    "Question 1.1 in the channel. It says that 2 of 4 have answered and who is left, and has buttons for why it is "
    "asked and for an example."
)
CONSENT = (
    "A consent round in the question's thread: the proposed text, the last day, who is asked, and buttons to agree, "
    "agree with a concern, object or abstain."
)
FORM = (
    "A form over the channel about a talk: with whom, one of five units to choose, a date, and rows to write what was "
    "said."
)

STEPS_DRAWN = (
    "The steps below each other: full discs with a tick for those that are done, a thick ring and a frame for the one "
    "where the group is with a bar of its questions, thin rings for those to come; and bars of the tracks."
)
PLAN_DRAWN = (
    "What is due on a time line: hatched bars with a triangle for what is late, plain bars with a diamond for what is to "
    "come, each with its day and whose it is."
)
YEAR_DRAWN = (
    "The year as a ring of twelve months with the checkpoints in it, full for those that are done and empty for those to "
    "come, and below it each in words."
)
CHARTS = (("chart-steps", STEPS_DRAWN), ("chart-plan", PLAN_DRAWN), ("chart-year", YEAR_DRAWN))


@dataclass(frozen=True)
class Picture:
    """One picture. `alt` tells it to those who don't see it."""

    name: str
    alt: str
    title: str = ""
    blocks: Sequence[Mapping[str, Any]] = ()
    users: Mapping[str, str] = field(default_factory=dict)  # account -> name
    kind: str = "message"
    submit: str = ""
    close: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)  # what Teams draws instead of blocks
    png: bytes | None = None  # the picture itself, where the coach draws it

    @property
    def where(self) -> str:
        """Return which of the page's parts it stands in."""
        return "In Teams" if self.card else "Drawn by the coach" if self.png else "In Slack"

    @property
    def says(self) -> str:
        """Return the words that can be read in it, which it carries with it."""
        if self.png:
            return description_of(self.png)
        frame = (self.title, self.submit, self.close)
        return "\n".join([*filter(None, frame), *_words(self.card or self.blocks)])


def pictures() -> Sequence[Picture]:
    """Play the walkthrough and return its pictures, in the order in which they are shown."""
    loaded = load_all(built_in_packs())[PACK]
    if not isinstance(loaded, Loaded):
        raise TypeError(f"{PACK} can't be read: {loaded}")
    [walkthrough] = [one for one in loaded.walkthroughs if one.id == WALKTHROUGH]
    letters: list[ClaimedLetter] = []
    homes: list[Message] = []
    charts: list[bytes] = []
    stages: list[DeskStage] = []

    def keep(letter: ClaimedLetter) -> None:
        letters.append(letter)
        if _is_step(letter, 7):
            homes.append(_home(stages[0]))
            charts.append(_chart(stages[0], STEPS))

    with TemporaryDirectory() as folder:
        walker = Walker(loaded, Path(folder))
        walker.prepare()
        with walker.played(walkthrough, Onlookers(letter=keep, stage=stages.append)):
            charts += [_chart(stages[0], PLAN), _chart(stages[0], YEAR)]
    step, question = _first(letters, lambda letter: _is_step(letter, 1)), _first(letters, _is_half_answered)
    consent, form = _first(letters, _is_consent_round), _first(letters, _changes_a_talk)
    return (
        _message("step", STEP, step),
        _message("question", QUESTION, question),
        _message("consent", CONSENT, consent),
        _form("modal", FORM, form),
        _drawn_home("home", "App Home: where the group stands, the next thing to do, measures by date, and buttons.",
                    homes[0]),
        _card("teams-step", STEP, step),
        _card("teams-question", f"{QUESTION[:-1]}, and a place to answer in the card itself.", question),
        _card("teams-consent", CONSENT, consent),
        _dialog("teams-dialog", FORM.replace("form", "dialog"), form),
        *(Picture(name, alt, kind="chart", png=png) for (name, alt), png in zip(CHARTS, charts, strict=True)),
    )  # fmt: skip


def _is_step(letter: ClaimedLetter, number: int) -> bool:
    begins = letter.message.text.startswith(f"Steg {number} av 10:")
    return letter.how == "note" and begins and _begins_with_heading(letter)


def _begins_with_heading(letter: ClaimedLetter) -> bool:
    return bool(letter.message.blocks) and isinstance(letter.message.blocks[0], Heading)


def _is_half_answered(letter: ClaimedLetter) -> bool:
    return letter.how == "edit" and "2 av 4 har svarat" in letter.message.text


def _is_consent_round(letter: ClaimedLetter) -> bool:
    return letter.how == "thread" and any(button.press.action == "agree" for button in letter.message.buttons)


def _changes_a_talk(letter: ClaimedLetter) -> bool:
    form = letter.message.form
    return form is not None and form.press.action == "change-record" and len(form.fields) > 5


def _first(letters: Sequence[ClaimedLetter], fits: Callable[[ClaimedLetter], bool]) -> ClaimedLetter:
    return next(letter for letter in letters if fits(letter))


def _home(stage: DeskStage) -> Message:
    return home_of(
        stage.door, "", WHOSE_HOME.casefold(), WHOSE_HOME, uow=stage.uow, shelf=stage.shelf, clock=stage.clock,
        ids=NumberedIds(100_000), book=stage.book, language=LANGUAGE,
    )  # fmt: skip


def _chart(stage: DeskStage, kind: str) -> bytes:
    """Return what whoever asks at that time is shown."""
    kept = stage.journey()
    if kept is None:
        raise ValueError("nobody has begun")
    person, about = kept[1].roster.members[0].person.id, str(stage.today.year) if kind == YEAR else ""
    with stage.uow as uow:
        chart = chart_of(
            Recipe(kind, person, kept[1].id, about, LANGUAGE),
            uow=uow, shelf=stage.shelf, book=stage.book, language=LANGUAGE, today=stage.today,
        )  # fmt: skip
    if chart is None:
        raise ValueError(f"there is no {kind}")
    return as_png(data_of(chart), chart.told)


def _message(name: str, alt: str, letter: ClaimedLetter) -> Picture:
    people = {span.person: span.name for span in _spans(letter.message) if isinstance(span, Mention)}
    accounts = {person: f"U{number}" for number, person in enumerate(people, start=1)}
    [post, *_] = posts(replace(letter, accounts=accounts))
    return Picture(
        name, alt, blocks=post.blocks, users={accounts[person]: people[person] for person in people}
    )


def _spans(message: Message) -> list[object]:
    found: list[object] = []
    for block in message.blocks:
        found += getattr(block, "spans", ())
        found += [span for item in getattr(block, "items", ()) for span in item]
    return found


def _form(name: str, alt: str, letter: ClaimedLetter) -> Picture:
    book = Phrasebook.load()
    if letter.message.form is None:
        raise ValueError("a letter without a form")
    view = modal(letter.message.form, metadata="", text=lambda key: book.text(key, LANGUAGE))
    return Picture(
        name, alt, view["title"]["text"], view["blocks"], kind="modal", submit=view["submit"]["text"],
        close=view["close"]["text"],
    )  # fmt: skip


def _card(name: str, alt: str, letter: ClaimedLetter) -> Picture:
    people = {span.person for span in _spans(letter.message) if isinstance(span, Mention)}
    accounts = {person: f"29:{number}" for number, person in enumerate(sorted(people), start=1)}
    [post, *_] = cards(replace(letter, accounts=accounts))
    return Picture(name, alt, kind="card", card=post.card)


def _dialog(name: str, alt: str, letter: ClaimedLetter) -> Picture:
    book, form = Phrasebook.load(), letter.message.form
    if form is None:
        raise ValueError("a letter without a form")
    card = dialog(form, once="1", thread="", text=lambda key: book.text(key, LANGUAGE), problems={}, typed={})
    return Picture(name, alt, form.title, kind="dialog", card=card)


def _drawn_home(name: str, alt: str, home: Message) -> Picture:
    return Picture(name, alt, "Metodcoach", home_view(home)["blocks"], kind="home")


def _words(drawn: object) -> Iterator[str]:
    """Yield what people read of what a platform draws."""
    match drawn:
        case Mapping():
            for name, inside in drawn.items():
                if isinstance(inside, str):
                    yield from [inside] if name in READ else []
                else:
                    yield from _words(inside)
        case list() | tuple():
            for inside in drawn:
                yield from _words(inside)


def as_data(picture: Picture) -> dict[str, Any]:
    """Return what the page of a Slack message, form or Home is drawn of."""
    return asdict(replace(picture, png=None))
