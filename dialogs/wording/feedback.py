"""Words for what whoever follows the group from outside says of its answers and steps."""

from dialogs.events import Feedback
from dialogs.messages import Message, words
from dialogs.wording.teller import Teller


def feedback_message(teller: Teller, feedback: Feedback) -> Message:
    """Return what the group is told: who says it, of what, and the words."""
    said = teller.composer()
    said.say(teller.say("feedback-is", name=teller.name(feedback.by), what=about(teller, feedback)))
    return said.quote(words(feedback.text)).done()


def kept_message(teller: Teller, feedback: Feedback) -> Message:
    """Return what whoever gave it in private is told."""
    group = teller.journey.group_name
    return teller.message("feedback-kept", group=group, what=about(teller, feedback))


def about(teller: Teller, feedback: Feedback) -> str:
    """Return what it is about: the question's number and short name, or the step."""
    if feedback.address is not None:
        known = feedback.address.question in teller.pack.places
        return teller.title(feedback.address) if known else feedback.address.question
    return about_step(teller, feedback.step)


def about_step(teller: Teller, step: str) -> str:
    if step not in teller.pack.step_of:
        return step
    number, title = teller.pack.step_number[step], teller.step_title(step)
    return teller.text("feedback-step", number=number, title=title)
