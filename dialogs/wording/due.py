"""What somebody is told at one go: all that is due to them, over all their groups, in one message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dialogs.messages import Button, Composer, Message, Press, Words
from dialogs.model.occurrence import Occurrence
from dialogs.wording.reminders import due_line, later_button, shown_by, thing_buttons
from dialogs.wording.teller import Speech, Teller

MOST_BUTTONS = 10  # things that are shown whole by a button; the others are in the calendar


@dataclass(frozen=True, slots=True)
class Share:
    """What one group has to say to one person: the dated things, and the weekly nudge where there is something to say.

    *weekly* is what the nudge comes of, *thoughts* are (id, slot) of the pack's nudges that it shows.
    """

    teller: Teller
    dated: tuple[Occurrence, ...] = ()
    weekly: tuple[Occurrence, ...] = ()
    nudge: Message | None = None
    thoughts: tuple[tuple[str, str], ...] = ()

    @property
    def journey(self) -> str:
        return self.teller.journey.id

    @property
    def said(self) -> tuple[Occurrence, ...]:
        """What is said: of a nudge with nothing in it there is nothing."""
        return self.dated + (self.weekly if self.nudge is not None else ())

    @property
    def untold(self) -> tuple[Occurrence, ...]:
        return self.weekly if self.nudge is None else ()


def together(one: Share, other: Share) -> Share:
    """Return what two shares of the same group say to the same person, as one."""
    nudges = [share.nudge for share in (one, other) if share.nudge is not None]
    if not nudges:
        return replace(one, dated=one.dated + other.dated, weekly=one.weekly + other.weekly)
    both = Composer()
    for nudge in nudges:
        both.blocks.extend(nudge.blocks)
        both.buttons.extend(nudge.buttons)
    return replace(
        one, dated=one.dated + other.dated, weekly=one.weekly + other.weekly, nudge=both.done(),
        thoughts=one.thoughts + other.thoughts,
    )  # fmt: skip


def due_message(shares: Sequence[Share]) -> Message:
    """Return the message: one thing with what can be answered to it, or several numbered; then each group's nudge.

    The first share's language is spoken. Buttons name their journey where there are several.
    """
    teller = shares[0].teller
    speech = Speech(teller.book, teller.language)
    several = len(shares) > 1
    said = teller.composer()
    dated = [(share, thing) for share in shares for thing in share.dated]
    if len(dated) == 1:
        _one(said, *dated[0], several=several)
    elif dated:
        _numbered(said, speech, dated, several=len({share.journey for share, _ in dated}) > 1)
    for share in shares:
        if share.nudge is not None:
            said.blocks.extend(share.nudge.blocks)
            said.buttons.extend(_of_group(share, share.nudge.buttons, several=several))
    things = [thing for share in shares for thing in share.said]
    later_button(teller, said, dict.fromkeys(f"{one.journey}/{one.about}" for one in things))
    keys = " ".join(one.key for one in things)
    said.button(speech.text("button-why-this"), Press("why-reminder", None, keys))
    return said.done()


def _one(said: Composer, share: Share, thing: Occurrence, *, several: bool) -> None:
    teller = share.teller
    said.say(due_line(teller, thing))
    if thing.slot.rpartition("/")[2] != "coach":
        said.say(teller.say("remind-group", group=teller.journey.group_name))
    answers = Composer()
    thing_buttons(teller, answers, thing)
    said.buttons.extend(_in_journey(share, button) if several else button for button in answers.buttons)


def _numbered(
    said: Composer, speech: Speech, dated: Sequence[tuple[Share, Occurrence]], *, several: bool
) -> None:
    if several:
        said.say(speech.say("remind-several-groups", n=len(dated)))
    else:
        said.say(
            speech.say("remind-several", n=len(dated), group=dated[0][0].teller.journey.group_name)
        )  # fmt: skip
    lines = []
    for number, (share, thing) in enumerate(dated, start=1):
        group = (Words(f"{share.teller.journey.group_name}: "),) if several else ()
        lines.append((*group, *due_line(share.teller, thing)))
        if number <= MOST_BUTTONS:
            said.button(
                speech.text("button-show-thing", number=number),
                replace(shown_by(thing), journey=share.journey if several else ""),
            )
    said.bullets(lines, ordered=True)


def _of_group(share: Share, buttons: Iterable[Button], *, several: bool) -> Iterable[Button]:
    """Return the buttons; among those of other groups, each says which it is about."""
    if not several:
        return buttons
    group = share.teller.journey.group_name
    label = share.teller.text
    return [
        replace(_in_journey(share, one), label=label("button-in-group", label=one.label, group=group))
        for one in buttons
    ]


def _in_journey(share: Share, button: Button) -> Button:
    return replace(button, press=replace(button.press, journey=share.journey))
