"""Reads what is drawn of a group, from what is remembered at that moment."""

from datetime import date

from bot.usecases.plan import to_come, with_dates
from bot.usecases.standings import summed_up
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.files import Recipe
from dialogs.ports import PackShelf, UnitOfWork
from dialogs.reports.chart import Chart, Kind
from dialogs.reports.charts import plan_chart, steps_chart, year_chart
from dialogs.wording.teller import Teller

STEPS, PLAN, YEAR = "chart-steps", "chart-plan", "chart-year"
"""The kinds of files that pictures come as; a recipe for a year says in `about` which."""


def kind_for(pack: Pack, kind: Kind) -> Kind:
    """Return the picture that the method has: one without steps has a year instead, and one without checkpoints steps."""
    if kind == "steps" and not pack.steps and pack.cycle:
        return "year"
    return "steps" if kind == "year" and not pack.cycle else kind


def chart_of(
    recipe: Recipe, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, language: str, today: date
) -> Chart | None:
    """Return what the recipe's picture shows; None where there is nothing to draw. Nothing is written."""
    spoken = recipe.language or language
    if recipe.kind == STEPS:
        summed = summed_up(recipe.journey, recipe.person, uow=uow, shelf=shelf, today=today)
        return steps_chart(Teller(book, summed.pack, summed.journey, spoken, today), summed.summary)
    journey, pack = with_dates(uow.journeys.head(recipe.journey), uow=uow, shelf=shelf)
    teller = Teller(book, pack, journey, spoken, today)
    if recipe.kind == PLAN:
        return plan_chart(teller)
    coming = to_come(journey, pack, uow=uow, today=today)
    kept = uow.journeys.checkpoints(journey.id)
    return year_chart(teller, coming, kept, int(recipe.about))
