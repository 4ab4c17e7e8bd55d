"""What a messenger surely knows of the letters that it tried to post and that are still to be sent.

It spares a look at the room's history before a second try. Nothing here has to be kept: without it, Slack is asked.
"""

from dataclasses import dataclass, field

from bot.slack.find import Parts
from dialogs.ports import ClaimedLetter


@dataclass(frozen=True, slots=True)
class Known:
    """By letter: the epoch of the last try, and the parts that surely stand there."""

    _parts: dict[str, tuple[int, Parts]] = field(default_factory=dict)

    def parts(self, letter: ClaimedLetter, count: int) -> Parts | None:
        """Return the parts of the letter that stand in Slack; None when only Slack can say."""
        if letter.epoch <= 1:
            return {}
        epoch, there = self._parts.get(letter.key, (0, {}))
        if letter.epoch - epoch in (0, 1):  # else somebody else has held the letter meanwhile
            return there
        # The last try was surely refused. Of a letter in several parts, that says nothing of those before the last.
        return {} if count == 1 and letter.unsure_since is None else None

    def keep(self, letter: ClaimedLetter, there: Parts) -> None:
        self._parts[letter.key] = (letter.epoch, dict(there))

    def drop(self, letter: ClaimedLetter) -> None:
        self._parts.pop(letter.key, None)
