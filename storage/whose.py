"""Whose each row is: for every table, in which columns a person stands, what of it is theirs, or why nothing is.

A person's own data are read by this list, and whoever is to be erased is looked for by it. A new table that stands
nowhere here is found by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Theirs:
    """Rows that name a person in one of the columns *by*.

    *part* is where a person's own data tell of them; *tells* gives what is told, by what it is called there.
    *within* says why more of the person may stand in other columns, and whose words those are.
    """

    table: str
    by: tuple[str, ...]
    part: str = ""
    tells: Mapping[str, str] = field(default_factory=dict)
    within: str = ""


_GROUP = {"group": "journey"}

THEIRS = (
    Theirs(
        "person", ("id",), "person",
        {"name": "name", "email": "email", "language": "language", "zone": "zone", "greeted": "greeted_at"},
    ),
    Theirs(
        "account", ("person",), "accounts",
        {"door": "door", "tenant": "tenant", "account": "account", "name": "name", "email": "email", "language": "language",
         "zone": "zone", "guest": "guest", "active": "active", "at": "seen_at"},
    ),
    Theirs("admin", ("person",), "admin", {"organisation": "organisation"}),
    Theirs("link_code", ("person",), "codes", {"until": "until"}),
    Theirs(
        "membership", ("person",), "memberships",
        {"organisation": "organisation", "group": "group_id", "role": "role", "deputy": "deputy", "unit": "unit",
         "joined": "joined", "since": "since", "until": "until"},
    ),
    Theirs("personal_terms", ("person",), "terms",
           {"wall": "wall", "quiet": "quiet", "intensity": "intensity", "weekday": "weekday", "overview": "overview"}),
    Theirs("absence", ("person",), "absences", {"since": "first", "until": "last"}),
    Theirs("put_off", ("person",), "put-off", {**_GROUP, "what": "about", "day": "day"}),
    Theirs("draft", ("person",), "drafts", {**_GROUP, "at": "at", "draft": "draft"}),
    Theirs("private_note", ("person",), "notes", {**_GROUP, "at": "at", "note": "text", "shared": "shared"}),
    Theirs("journey", ("starter",), "started", {"group": "id", "since": "started"},
           "who signed a step and who takes part in an exercise, told by the journal"),
    Theirs("checkpoint", ("by",), "checkpoints",
           {**_GROUP, "what": "checkpoint", "period": "period", "at": "closed", "reason": "note"}),
    Theirs("adopted_document", ("by",), "adopted",
           {**_GROUP, "what": "document", "number": "number", "day": "adopted_on", "at": "at"},
           "who settled what in the document, by name, as it was adopted"),
    Theirs("registration", ("by",), "registrations", {**_GROUP, "what": "about", "number": "registered", "at": "at"}),
    Theirs("share", ("by", "ended_by"), "shares", {"what": "record", "at": "at", "until": "until", "ended": "ended"}),
    Theirs("pack_version", ("installed_by", "retired_by"), "methods", {"what": "id", "version": "version", "at": "at"}),
    Theirs("pack_in_waiting", ("person",), "waiting", {"at": "at", "until": "until"}),
    Theirs("pack_job", ("person",), "waiting", {"state": "state", "until": "until"}),
    Theirs("table_in_waiting", ("person",), "waiting", {"name": "name", "at": "at", "until": "until"}),
    Theirs("file_link", ("person",), "links", {"at": "at", "until": "until"}),
    Theirs("feed_secret", ("person",), "links", {**_GROUP, "at": "at"}),
    Theirs("outbox", ("person",), "letters", {**_GROUP, "at": "at", "state": "state"},
           "in its words, until they are wiped, whoever is named in what is said"),
    Theirs("occurrence", ("recipient",), "reminders",
           {**_GROUP, "what": "rule", "day": "day", "state": "state", "reason": "why", "at": "at"}),
    Theirs("mention", ("person",), "mentions", {"at": "at"}),
    Theirs("look", ("person",), "looks", {**_GROUP, "at": "at"}),
    Theirs("message_spot", ("person",), "messages", {**_GROUP, "message": "platform_message"}),
    Theirs("home", ("person",), "pages", {"door": "door", "at": "at"}),
    Theirs("audit", ("person", "about"), "log", {"what": "kind", "at": "at"},
           "what was done to the person, in the first place of what it is about"),
    Theirs("entry", ("person",), within="whose answer it is, who was paired with whom; a name in what somebody wrote"),
    Theirs("inbox", (), within="words that couldn't be heard, under the account that they came from; wiped when they are"),
    Theirs("disposal_hold", ("about",), within="that nothing of theirs may be disposed of for now, why, and who decided it"),
    Theirs("record", (), within="who wrote it last, who first, and whoever a field names"),
    Theirs("record_revision", (), within="the same of each revision"),
)  # fmt: skip
"""Where a person stands by their id, or their account. What has no column of its own is read by `SqlOwnData`."""

COPIES: Mapping[str, str] = {
    "item": "what the journal says, as of now",
    "page": "what the journal says, as of now",
    "working_group": "a copy of the memberships and of names",
    "search_entry": "the stems of what an entry says",
    "disposal_target": "what a disposal is still to let go, by its ids",
    "search_term": "how common a stem is",
    "button": "what a press means; it may be about somebody",
}
"""Tables that repeat what stands elsewhere, or hold it for a while: nothing of a person stands there alone."""

NOBODYS: Mapping[str, str] = {
    "anonymous_text": "a text without person or time, which nothing leads back to anybody from",
    "organisation": "an organisation's name",
    "unit": "a part of an organisation",
    "body": "a committee or board",
    "room": "a place where people talk; whose private chat it is stands with the person",
    "message": "which message puts a question",
    "reminder_pause": "a group's pause",
    "unplanned": "that a journey is to be planned anew",
    "closed_day": "an organisation's closed day",
    "meeting": "a body's meeting",
    "conversation": "where a conversation of the platform is reached",
    "kept_secret": "a secret of the installation's",
    "disposal_rule": "after how long what is of a kind may be disposed of",
    "disposal_run": "a disposal by a decision, and how much went",
}
