"""The effects of several groups of an organisation as one document."""

from dataclasses import replace
from datetime import date

from dialogs.model.written import Chapter, Written
from dialogs.reports.documents import wording
from dialogs.reports.impact_document import EFFECTS
from dialogs.reports.impact_parts import Part, impact_passages
from dialogs.reports.impact_words import ToldImpact

CHAPTERS: tuple[tuple[Part, str], ...] = (
    ("aims", "impact-document-aims"),
    ("results", "impact-results"),
    ("unevaluated", "impact-unevaluated"),
)


def title_of_impact(told: ToldImpact) -> str:
    year = told.impact.year
    return (
        told.speech.text("impact-document-year", year=year) if year else told.speech.text("impact-document")
    )


def impact_together(told: ToldImpact, *, made: date) -> Written:
    """Return the document of all the groups that *told* tells of."""
    teller, text = told.tellers[0], told.speech.text
    groups = ", ".join(one.journey.group_name for one in told.tellers)
    return Written(
        id=EFFECTS,
        title=title_of_impact(told),
        language=told.speech.language,
        organisation=teller.journey.organisation_name,
        group=teller.journey.organisation_name,
        made=made,
        words=replace(wording(teller), of=text("impact-document-of", groups=groups)),
        chapters=tuple(Chapter(text(key), tuple(impact_passages(told, part))) for part, key in CHAPTERS),
    )
