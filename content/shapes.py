"""What an answer to a question is like: two questions of one shape can take each other's answers as they are."""

from content.places import Place


def shape_of(place: Place) -> str:
    """Return in words of the pack format what makes the question's answers what they are, such as ``text each-unit``."""
    question = place.question
    words: list[str] = [question.kind]
    if question.who in ("each", "each-unit"):
        words.append(str(question.who))
    if question.for_each is not None:
        about = question.for_each
        words.append(f"for-each {about.register_ or ('units' if about.units else 'members')}")
    if question.visibility != "group":
        words.append(question.visibility)  # what was said to a few is not to be seen by all of a sudden
    if place.at_every_gate:
        words.append("at-every-gate")
    if place.checkpoint:
        words.append(f"checkpoint {place.checkpoint}")
    return " ".join(words)
