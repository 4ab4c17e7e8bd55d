"""The words of the conversation, by what they are about, as a page of tables."""

from collections.abc import Iterable, Mapping

from content.words import Command, commands
from tools.reference.tables import table

TOPICS: Mapping[str, Mapping[str, str]] = {
    "Begin": {
        "tour": "Shows the tour: what the method is and how the conversation works.",
        "start": "Begins a journey for a group, in the channel where it is written.",
        "entry": "Chooses where the group begins, in a method with several ways in, as long as no step is signed; alone, shows them.",
        "practice": "Begins a journey to try alone, in the private chat; it is marked in every message.",
        "end-practice": "Removes one's practice journey and everything in it.",
        "help": "Shows what can be written.",
        "my-data": "Hands out, in private, all that is kept of oneself, as a file with a text to read and the same as JSON.",
        "settings": "Shows one's language and time zone, to be changed, and what is kept.",
        "time-zone": "Chooses the zone that one's days and times are counted in, by a city; alone, says which it is.",
        "language": "Chooses the language one is spoken to in; from whoever leads, the channel's too.",
        "privacy": "Says, in private, what is stored, who sees it, how long, and whom to ask.",
        "reminders": "Shows when and how much one is reminded, or chooses: *light*, *standard* or *active*.",
        "nudge": "Chooses the weekday of the weekly nudge and the hour of all reminders, as in *nudge Tuesday 10:00*.",
        "quiet": "Chooses the hours in which nothing is said, as in *quiet 18–7*.",
        "away": "Says until when one is away, as in *away until 3 January*: no reminders until the day after.",
        "back-again": "Ends one's absence.",
        "remind-me": "Puts off what one was reminded of last, as in *remind me on Monday*: it comes back on that day, once.",
        "calendar-link": "Gives, in private, a secret address that one's own calendar can follow; with a group's name, for "
        "the whole group's dates.",
        "new-calendar-link": "Makes a new address; the old one tells nothing any longer.",
        "drop-calendar-link": "Takes all of one's addresses away; with a group's name, the one for that group.",
        "calendar-file": "Hands out, in private, one's own dates as a calendar file; with a group's name, that group's.",
        "link-account": "Gives, in private, a one-time code; *code* with it in another chat makes that account one's own too.",
        "code": "Ties this account to a person by a one-time code; with a colon and a text, changes the anonymous "
        "answer that the code was given for.",
    },
    "Look": {
        "status": "Shows in at most ten lines where the group stands, what is next, new, late or missing. A group's name, or one of its parts (new, late, waiting, gaps, steps, checkpoints), may follow.",
        "chart": "Shows how the group stands as a picture, with the same in words: alone or with *status* its steps, with *plan* "
        "what is due on a time line, with *year* the year's checkpoints as a ring, perhaps of another year, as in *picture year "
        "2027*. A group's name may follow.",
        "steps": "Lists all steps.",
        "step": "Shows a step: purpose, who takes part, how, tips, questions.",
        "tracks": "Shows what runs through all steps, with its answers.",
        "again": "Puts the open questions once more.",
        "question": "Shows one question as it stands. Its number alone does the same.",
        "checkpoints": "Lists the year's checkpoints: what is open and who owes what, what is to come, what is behind.",
        "checkpoint": "Shows one, as its number alone does; *done H1*, *leave H1: reason*, *open H1* and *remind H1* act on it.",
        "calendar": "Shows what is due in the coming weeks, when bodies meet and what is closed, with the rest of the year "
        "folded; *calendar year* shows the whole year, *calendar December* one month.",
        "meetings": "Lists when bodies meet, or one body, with document stops. With a colon and days after it, on lines of "
        "their own or with commas between, whoever leads or an admin enters them all at once.",
        "mine": "Shows, in private, what waits for oneself over all groups, and the measures one answers for, by date.",
        "why": "Says why a question is asked, and who sees the answer.",
        "example": "Shows an example of an answer. With a colon and a problem, as in *examples: theft in the changing rooms*, "
        "what has helped others with it.",
        "others": "Shows what members have put in, as far as one may see it.",
        "history": "Shows each settled version of an answer.",
        "back": "Shows the question before this one.",
        "get": "Hands out a document as a file: *as word* (which it is anyway), *as pdf* or *as text*; *with sources* for "
        "a table of where its words come from; *version 2* or *as adopted* for one as it was adopted. *as excel* or "
        "*as csv* for a register, or the registers that a document shows; *get invitation* for all the times that the group has booked, as one calendar file. Says what is missing and who could say it. Alone, it tells which documents there are.",
        "impact": "Shows which benefits, forms, areas, focus areas and global goals got efforts and which got none, what is written down to have come of them, and what is over without an evaluation. A year (`2026`, `last year`), a group, an organisation or `all groups` may follow, and `as excel` or `as pdf` for a file.",
        "adopt": "Keeps a document as it was adopted, as in *adopt operational plan: Executive board; 6 October; section "
        "180*; without a decision, by the one that is settled.",
        "registration-number": "Gives a decision or an adopted document its registration number, as in *registration number "
        "operational plan: KS 2026/123*, *registration number 1.9: …* or *registration number collaborations 2: …*; without "
        "a number, says which it has.",
        "registrar-list": "Tells an admin, in private, the organisation's decisions and adopted documents of a quarter, a month, "
        "a year or some days, as in *registrar list quarter 3 as excel*.",
        "document": "Shows a document, the target picture or a register as text; with an entry's number, as in *show "
        "collaborations 2*, all of that entry: what is met, what is missing and what to write.",
        "list": "Lists the registers, or one register's entries, numbered, ten at a time. What follows a colon picks some: "
        "a state, a unit, a person, an option, *mine*, *missing* (or *missing goal*), *open*, *closed*, *search* and words, "
        "*page 2*; with commas between, all of it at once.",
        "find-examples": "Shows what has helped others with such a problem, as in *find examples of theft in the changing rooms*: from "
        "other groups, organisations and trades, as far as they share it, and why each may fit.",
        "guide": "Lists the method's guides, or runs the one of that name, as its name alone does: questions, then what the "
        "answers come to and why. Nothing is kept.",
        "agenda": "Shows what the step's workshop holds, minute by minute, with the clock where a time is booked; with a number, that step's.",
        "exercises": "Lists the method's exercises, step by step: which are done, which is on.",
        "levels": "Shows what colleagues outside the group have said, level by level, and which level nobody has asked. *For staff: text* types an answer in.",
        "staff-sheet": "Hands out the sheet on which they answer; with *text*, as text to change before it is printed.",
        "note": "Keeps a note for yourself, in the private chat: nobody else sees it.",
        "notes": "Shows your own notes, in private.",
        "note-remove": "Deletes one of your notes, by its number.",
        "note-share": "Lets the group read one of your notes in its channel, under your name.",
        "exercise": "Shows the exercise of that number or name. From whoever leads: *exercise start 2*, *exercise paper 2* "
        "(in a room, with the result typed in afterwards), *exercise next*, *exercise show* (the hidden round), *exercise new "
        "pairs*, *exercise done*, *exercise break off*, *exercise again 2*. For all: *exercise who* (hasn't been heard), *exercise sheet 2*, "
        "and *exercise 2 time 1* (what an earlier time came to).",
        "who-decides": "Says who decides what, and when they meet next; *who decides on twin towns* says only that.",
        "people": "Lists who is in the group, with roles and units.",
        "units": "Lists the organisation's units.",
        "bodies": "Lists its committees and boards.",
        "kept": "Shows the text of one's own that was kept and not yet used.",
    },
    "Answer": {
        "change": "Gives a new answer. Add `skäl: …` or `reason: …` to keep the reason in the history.",
        "withdraw": "Takes one's own latest contribution back.",
        "cancel": "Stops filling in a form.",
    },
    "Settle (whoever leads)": {
        "draft": "Writes the draft that is to become the group's answer.",
        "settle": "Settles the answer: the proposal that is shown, or the text after the colon.",
        "skip": "Skips a question, with a reason.",
        "next": "Goes on and lets the question wait; up to three may be open at once.",
        "at-once": "Changes how many may be open at once, 1 to 10.",
        "reopen": "Opens a settled or skipped question again, with a reason.",
        "reviewed": "Says that an answer that was marked for another look still holds.",
        "done": "Signs the step off.",
        "reopen-step": "Opens a signed step again, by its number; a reason may follow a colon.",
        "pause": "Lets the group pause.",
        "pause-reminders": "Lets the group's reminders pause, as in *pause reminders until 7 January*; the group goes on.",
        "resume-reminders": "Ends that pause before its day.",
        "resume": "Goes on after a pause. In the private chat, where no group pauses: shows where one's groups stand.",
        "new-version": "Shows what the newest version of the method would change, question by question.",
        "change-version": "Goes over to the newest version. Every answer comes along, is asked for anew or is laid aside.",
        "undo-version": "Goes back to the version that the group had before.",
    },
    "The server's methods": {
        "methods": "Shows the methods that groups can begin with; in private, to admins, who installed each and how many use it.",
        "draw-method": "Hands out a method as a picture, and the same in words (admins, in the private chat).",
        "rehearse-method": "Plays a year with a method and invented people, as in *rehearse our-method 2027*, and hands out every message "
        "that anybody would get, as a page (admins, in the private chat).",
        "ask-groups": "Shows which of the organisation's groups have an older version of a method, with a button that asks those who "
        "lead them whether they go over (admins, in the private chat).",
        "retire-method": "Lets no new group begin with a method; those that have begun go on (admins, in the private chat).",
        "offer-method": "Lets groups begin with it again.",
        "new-method": "Hands out a small method to begin from, as in *new method our-method* (admins, in the private chat).",
        "check-pack": "Says how a method is sent to be checked and installed; it may stand beside the zip, in the private chat.",
    },
    "Consent rounds": {
        "overview": "Shows in private all the groups that one is coach of: who may need help and why. `all` lists every group, `mondays` asks for it every week, `never` ends that.",
        "feedback": "Gives the group feedback on an answer by its number, or on a step (whoever is its coach).",
        "round": "Opens a round on the proposal (whoever leads). A last day, as in *consent 1.2 by Friday*, or a new text may follow.",
        "agree": "Consents.",
        "concern": "Consents, with a concern that is kept beside the answer.",
        "object": "Objects, with a reason that is kept beside the answer.",
        "abstain": "Takes no stand.",
        "close-round": "Closes the round before everybody has spoken (whoever leads).",
        "despite": "Settles all the same after a round with an objection, with a reason (whoever leads).",
    },
    "Registers": {
        "add-record": "Adds an entry: the register's name, a colon and a title.",
        "share": "Shares an entry further than the group, as in *share good examples 2: everybody*: with everybody, with *our "
        "organisation*, or with an organisation by its name, *until* a day where one follows. Alone, tells how it is shared.",
        "unshare": "Takes it back: from then on nobody outside the group sees it.",
        "change-record": "Changes an entry: the register's name and the entry's number.",
        "web-list": "The list of a register for the public web site, as text to paste, and what to look at in it.",
        "export-register": "A register as a spreadsheet, to look through or to fill in and send back.",
        "move-record": "Moves an entry to a state: name, number, colon, state.",
        "record-decision": "Enters the decision about an entry, as in *decision collaborations 2: Board; 2026-11-24; RS 12*; "
        "without the part after the colon, opens the form.",
    },
    "The group (whoever leads, or an admin)": {
        "add-person": "Adds a person: name, roles and unit, with commas between; several people on lines of their own. "
        "Alone, it opens a form.",
        "move-here": "Lets the group live in this channel from now on; with a name, the group of that name.",
        "role": "Gives somebody a role: name, role.",
        "drop-role": "Takes a role from somebody: name, role.",
        "deputy": "Names a deputy for a role: name, role.",
        "hand-over": "Hands a role over to somebody: name, role; without a role, the leading one.",
        "remove-person": "Lets somebody leave the group. What they have written stays.",
        "rename-person": "Changes a name: old, new.",
        "add-unit": "Adds units, with semicolons between.",
        "close-unit": "Closes a unit; `A, efterträds av B` or `A, succeeded by B` names what comes after it.",
        "add-body": "Adds committees and boards.",
        "meeting": "Keeps a body's meeting and its document stop; the same once more takes it away.",
        "closed-day": "Says that the organisation doesn't work on a day: nobody is reminded then.",
        "open-day": "Makes such a day an ordinary one again.",
        "close-body": "Closes one, in the same way as a unit.",
        "body-of-unit": "Says which committee answers for a unit, and so decides its own matters; alone, what is known.",
    },
}


FOLLOWS: Mapping[str, str] = {
    "nothing": "",
    "number": "a question's number",
    "text": "`:` and a text",
    "number-text": "a question's number, `:` and a text, or both",
    "name": "up to four words",
    "name-text": "a name, `:` and a text",
    "names-text": "up to five words, and `:` with a text",
    "long-name": "up to twelve words",
    "words": "any words",
}


def words_page() -> str:
    known = commands()
    told = {id for topic in TOPICS.values() for id in topic}
    topics = {title: [(known[id], what) for id, what in topic.items() if id in known]
              for title, topic in TOPICS.items()}  # fmt: skip
    topics["More"] = [(command, "") for id, command in known.items() if id not in told]
    parts = [f"## {title}\n\n{_word_table(topic)}" for title, topic in topics.items() if topic]
    return "\n\n".join(parts)


def undescribed() -> set[str]:
    """Return the commands that this page says nothing of, and those it speaks of that there aren't."""
    return set(commands()) ^ {id for topic in TOPICS.values() for id in topic}


def _word_table(topic: Iterable[tuple[Command, str]]) -> str:
    rows = [
        (f"`{command.id}`", ", ".join(f"*{word}*" for word in command.words), FOLLOWS[command.takes], what)
        for command, what in topic
    ]
    return table(("id", "words", "what may follow", "what it does"), rows)
