"""Shows somebody all the groups that they follow from outside, page by page; and on Mondays, if they want it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.usecases.oneself import show_privately
from bot.usecases.plan import oldest_of
from bot.usecases.standings import Followed, followed_by
from bot.usecases.turn import Turn
from content.phrases.book import Phrasebook
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Message, Press
from dialogs.model.problem import Problem
from dialogs.model.terms import Terms
from dialogs.ports import Clock, PackShelf, Spot, UnitOfWork
from dialogs.reports.overview import Place, overview
from dialogs.values.names import find
from dialogs.wording.teller import Speech, Teller

_WISHES: Mapping[str, tuple[str, ...]] = {
    "all": ("alla", "alla grupper", "all", "all groups"),
    "mondays": ("måndagar", "på måndagar", "varje måndag", "mondays", "on mondays", "every monday"),
    "never": ("aldrig", "inte", "inte på måndagar", "never", "off", "not on mondays"),
}


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`översikt`, `översikt alla`; `översikt måndagar` asks for it every week, and `översikt aldrig` for none."""
    options = [(wish, word) for wish, words in _WISHES.items() for word in words]
    wish = find(heard.rest, options, numbered=False, alike=1).value if heard.rest else "help"
    if wish is None:
        return False
    if wish in ("mondays", "never"):
        on_mondays(turn, wanted=wish == "mondays")
    else:
        show_page(turn, f"{wish}:0")
    return True


def show_page(turn: Turn, which: str) -> None:
    """Show a page of the overview: `help:0`, or `all:2` for the third page of all groups by name."""
    kind, _, page = which.partition(":")
    places = places_of(turn)
    if not places:
        turn.refuse(Problem("follows-nobody"))
        return
    said = overview(turn.words, places, page=int(page) if page.isdecimal() else 0, all_of_them=kind == "all")
    if kind != "all" and page == "0":
        said.say(turn.words.say("overview-how"))
        if not _terms(turn).overview:
            said.button(turn.words.text("button-overview-mondays"), Press("overview-mondays"))
    show_privately(turn, said.done())


def on_mondays(turn: Turn, *, wanted: bool) -> None:
    """Keep whether the person wants the overview every Monday."""
    if wanted and not followed_by(turn.person.id, uow=turn.uow, shelf=turn.shelf, today=turn.today):
        turn.refuse(Problem("follows-nobody"))
        return
    turn.uow.calendar.set_terms(turn.person.id, replace(_terms(turn), overview=wanted))
    oldest = oldest_of(turn.person.id, uow=turn.everything)
    if oldest is not None:
        turn.uow.calendar.outdate(oldest)
    turn.say("overview-mondays-kept" if wanted else "overview-mondays-ended")


def places_of(turn: Turn) -> Sequence[Place]:
    followed = followed_by(turn.person.id, uow=turn.uow, shelf=turn.shelf, today=turn.today)
    return [Place(turn.teller(one.journey), one.standing) for one in followed]


def say_overview(turn: Turn, said: Composer, places: Sequence[Place]) -> None:
    """Add the overview to a personal page."""
    more = overview(turn.words, places)
    said.blocks.extend(more.blocks)
    said.buttons.extend(more.buttons)


def overview_for(
    person: str, language: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock, book: Phrasebook
) -> Message | None:
    """Return the overview as it is sent on Mondays; None for somebody who follows nobody any more."""
    followed = followed_by(person, uow=uow, shelf=shelf, today=clock.today())
    if not followed:
        return None

    def told(one: Followed) -> Teller:
        return Teller(book, one.pack, one.journey, language, clock.today())

    places = [Place(told(one), one.standing) for one in followed]
    return overview(Speech(book, language), places).done()


def _terms(turn: Turn) -> Terms:
    return turn.uow.calendar.terms([turn.person.id]).get(turn.person.id, Terms())
