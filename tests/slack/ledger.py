"""Compares what the program believes to have said with what stands in Slack: nothing lost, nothing double."""

from sqlalchemy import text

from tests.slack.kept import Kept
from tests.slack.posted import Shown
from tests.slack.town import Town

SENT = text("""
    SELECT outbox.key, outbox.state, room.external FROM outbox LEFT JOIN room ON room.id = outbox.room
    WHERE outbox.how <> 'edit' AND outbox.door = 'slack'
      AND (outbox.person IS NULL OR room.private)  -- what only one person sees in a channel, Slack keeps nowhere
""")


def standing(town: Town) -> list[str]:
    """Return the keys of all letters that stand in Slack, each with its part; those that were edited go by the last."""
    return [
        shown.key
        for channel in town.conversations()
        for shown in (Shown(channel, one["ts"], one) for one in town.history(channel))
        if shown.key
    ]


def lost_or_doubled(town: Town, kept: Kept) -> list[str]:
    """Return what is wrong, a line each."""
    there, posted = standing(town), town.adapter.posted.keys
    with kept.engine.connect() as connection:
        rows = connection.execute(SENT).all()
    wrong = [f"{key} stands {there.count(key)} times" for key in sorted(set(there)) if there.count(key) > 1]
    wrong += [
        f"{key} was posted {posted.count(key)} times"
        for key in sorted({*posted} - {""})
        if posted.count(key) > 1
    ]
    for row in rows:
        was_posted = f"{row.key}#0" in posted
        if row.state == "sent" and not was_posted:
            wrong.append(f"{row.key} is called sent and isn't there")
        if row.state in ("dead", "ambiguous"):
            wrong.append(f"{row.key} is {row.state}{', and there' if was_posted else ''}")
        if row.state in ("new", "skipped") and was_posted:
            wrong.append(f"{row.key} is {row.state} and stands in Slack")
    return wrong
