"""Compares what the program believes to have said with what stands on the platform: nothing lost, nothing double."""

from collections.abc import Sequence

from sqlalchemy import text

from tests.doors.kept import Kept

SENT = text("""
    SELECT outbox.key, outbox.state, room.external FROM outbox LEFT JOIN room ON room.id = outbox.room
    WHERE outbox.how <> 'edit' AND outbox.door = :door
      AND (outbox.person IS NULL OR room.private)  -- what only one person sees in a channel, nobody keeps
""")


def lost_or_doubled(
    kept: Kept, door: str, *, there: Sequence[str], posted: Sequence[str], can_tell: bool = True
) -> list[str]:
    """Return what is wrong, a line each. Keys are those of letters, each with its part.

    *there* is what stands there now, where those that were edited go by the last; *posted* all that was ever taken.
    Where the platform can't tell what it has, a letter may be there or not, as long as it is called ambiguous.
    """
    with kept.engine.connect() as connection:
        rows = connection.execute(SENT, {"door": door}).all()
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
        if row.state == "dead" or (row.state == "ambiguous" and can_tell):
            wrong.append(f"{row.key} is {row.state}{', and there' if was_posted else ''}")
        if row.state in ("new", "skipped") and was_posted:
            wrong.append(f"{row.key} is {row.state} and stands there")
    return wrong
