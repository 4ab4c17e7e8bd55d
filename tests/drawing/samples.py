"""Letters, forms and texts to draw: one of each kind, the longest there may be, and what people shouldn't write but do."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.messages import (
    Block,
    Bullets,
    Button,
    Composer,
    Facts,
    Fold,
    Form,
    FormField,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Press,
    Quote,
    Words,
    words,
)
from dialogs.ports import ClaimedLetter, RoomRef

ROOM = RoomRef("r1", "somewhere", "T1", "C1", private=False)
ACCOUNTS = {"ada": "U0ADA"}


def a_letter(message: Message, how: str = "note", accounts: Mapping[str, str] | None = None) -> ClaimedLetter:
    accounts = ACCOUNTS if accounts is None else accounts
    return ClaimedLetter(1, 1, "k1", ROOM, "", message, how, "j1", None, "", accounts=accounts)


def a_message(*blocks: Block, buttons: tuple[Button, ...] = (), form: Form | None = None) -> Message:
    said = Composer(list(blocks), list(buttons))
    return said.done(form)


def a_button(label: str = "Jag håller med", id: str = "b1", **more: str) -> Button:
    return Button(label, Press("agree"), id=id, **more)  # type: ignore[arg-type]


def a_field(
    kind: str = "text", id: str = "falt", label: str = "Vad gäller det?", **more: object
) -> FormField:
    return FormField(id, label, kind, **more)  # type: ignore[arg-type]


def a_form(*fields: FormField, title: str = "Ny insats", intro: str = "") -> Form:
    return Form(title, fields or (a_field(),), Press("record"), intro, id="f1")


def options(*labels: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"val-{number}", label) for number, label in enumerate(labels, start=1))


ONE_OF_EACH: Mapping[str, Message] = {
    "paragraph": a_message(
        Paragraph((Words("Skriv "), Words("klart", strong=True), Words(" när ni är "), Words("färdiga."))),
    ),
    "heading": a_message(Heading("4.2 Vad ser ni?"), Paragraph(words("Svara i tråden."))),
    "long_heading": a_message(
        Heading("Ett mycket långt namn på en fråga " * 5), Heading("<Mål> & medel &amp;")
    ),
    "bullets": a_message(Bullets((words("Nätverk"), (Words("Utbyte", strong=True), Words(" i skolan"))))),
    "ordered": a_message(Bullets((words("Först"), words("Sedan")), ordered=True)),
    "quote": a_message(Quote(words("Vi ser\nmöjligheter."))),
    "facts": a_message(Facts((("Mål", "Alla är med."), ("Vilka är med", "Ledningen"), ("Frist", "")))),
    "fold": a_message(Paragraph(words("Steg 1")), Fold("Tips", (Bullets((words("Ta det lugnt."),)),))),
    "long_fold": a_message(Paragraph(words("Steg 1")), Fold("Luckor", (Paragraph(words("Saknas. " * 90)),))),
    "mention": a_message(Paragraph((Mention("ada", "Ada Ek"), Words(" och "), Mention("bo", "Bo Dahl")))),
    "link": a_message(
        Paragraph(
            (
                Link("Protokoll", "https://exempel.se/p?a=1&b=2"),
                Words(" "),
                Link("skriv", "mailto:ada@exempel.se"),
                Words(" "),
                Link("nej", "javascript:alert(1)"),
                Words(" "),
                Link("https://bank.se", "https://lurig.example/"),
            )
        )
    ),
    "buttons": a_message(
        Paragraph(words("Håller du med?")),
        buttons=(
            a_button("Ja", "b1", style="primary", spoken="Ja till Målbilden"),
            a_button("Ja, men", "b2"),
            a_button("Nej", "b3", style="danger"),
            a_button("Avstår", "b4"),
            a_button("Varför frågar du?", "b5"),
            a_button("Exempel", "b6"),
        ),
    ),
    "cut_label": a_message(
        Paragraph(words("Vad vill ni utgå från?")),
        buttons=(a_button("Utgå från: Gå med i ett internationellt nätverk inom ett av våra fokusområden"),),
    ),
    "form_button": a_message(Paragraph(words("Fyll i.")), form=a_form(title="Lägg till insats")),
    "only_buttons": a_message(buttons=(a_button("Ja"), a_button("Nej", "b2"))),
}

ONE_OF_EACH_FIELD: Mapping[str, FormField] = {
    "text": a_field(required=True, value="Nätverk"),
    "long_text": a_field(long=True, help="Skriv som ni talar.", value="En rad\noch en till"),
    "too_long_text": a_field(long=True, value="Mycket har hänt. " * 300),
    "choice": a_field("choice", options=options("Ja", "Nej", "Kanske"), required=True, value="Nej"),
    "choice_of_many": a_field("choice", options=options(*(f"Förslag {n}" for n in range(1, 31)))),
    "choice_with_own": a_field("choice", options=options("Workshop", "Resa"), own=True, value="Eget"),
    "choice_of_hundreds": a_field("choice", options=options(*(f"Insats {n}" for n in range(1, 251)))),
    "choice_of_long": a_field("choice", options=options("Kort", "Ett långt namn på ett förslag " * 4)),
    "choices": a_field(
        "choices", options=options("Skola", "Vård", "Kultur"), many=True, value="Skola; Kultur"
    ),
    "choices_of_many": a_field("choices", options=options(*(f"Tagg {n}" for n in range(20))), many=True),
    "choices_with_own": a_field("choices", options=options("A", "B"), own=True, many=True, value="A; Annat"),
    "date": a_field("date", value="2027-03-15"),
    "date_as_written": a_field("date", value="nästa fredag"),
    "number": a_field("number", value="2,5"),
    "person": a_field("person", options=(("p1", "Ada Ek"), ("p2", "Bo Dahl")), value="Ada Ek"),
    "unit": a_field("unit", options=options("Skola", "Vård och omsorg"), value="Skola"),
    "no_options": a_field("body", required=True),
    "list": a_field("list", many=True, value="Skola; Vård"),
    "file": a_field("file", value="Protokoll https://exempel.se/p"),
    "account": a_field("account", value="<@U0ADA>"),
    "accounts": a_field("account", many=True, value="<@U0ADA>; <@U0BO>"),
    "account_by_name": a_field("account", value="Ada Ek"),
}

# ---------------------------------------------------------------------------------------------------- nasty texts

MARKS = (
    "<!channel>", "<!here|here>", "<!everyone>", "<@U1>", "<@U1|ada>", "<#C1>", "<!subteam^S1>", "<!date^1^{date}|x>",
    "<https://evil.example|trygg>", "[x](javascript:alert(1))", "![x](https://evil.example/i.png)",
    "javascript:alert(1)", "data:text/html,<b>x</b>", "https://exempel.se/?a=1&b=<2>", "mailto:a@b.se", "@channel",
    "@here", "*fet*", "_kursiv_", "~struken~", "`kod`", "```\nkod\n```", "> citat", ">>> citat", "&amp;", "&lt;!here&gt;",
    "&#x41;", "&&&", "<<>>", ":x:", ":smile::+1::skin-tone-2:", "• punkt", "- punkt\n- till", "1. ett\n2. två", "# rubrik",
    "=1+1", "+46701234567", "@SUM(A1)", "-2", '{"type":"section"}', '[{"a":[]}]', "\"citat\" och 'apostrof'", "\\n \\u0041",
    "%s %d {0} {name} ${x}", "'; DROP TABLE svar;--", "<script>alert(1)</script>", "</text>", "null", "true", "-", "0",
)  # fmt: skip
SIGNS = (
    "åäö ÅÄÖ é", "שלום עולם", "مرحبا بالعالم", "\u200fhöger\u200e", "\u2067isolerad\u2069", "noll\u200bbredd\u2060här\ufeff",
    "mjuk\u00adavstavning", "👩‍👩‍👧‍👦 familj", "🇸🇪🇳🇴", "👍🏽", "1️⃣", "e\u0301e\u0300\u0308", "Z̷̢̛̯͓̏a̵̡͎͋l̶̘̈g̸̱̿o̷͎͝", "𝔐𝔞𝔱𝔥 𝟙𝟚", "𠮷野家", "日本語のテキスト",
    "ไทย", "हिन्दी", "한국어", "\u00a0hårt\u00a0blank\u202fsteg", "tab\tb", "rad\nrad", "\n\nrader\n\n\n", " blank före och efter ",
    "x" * 300, "ordutanblanksteg" * 40, "a " * 200, "·–—…", "½ × ÷ ≠", "\u2028radbyte\u2029", "ß ﬁ ŉ İ ı", "\U0010fffd",
)  # fmt: skip
AROUND = ("{}", "Vi tycker {} här.", "{} {}", "*{}*", "rad ett\n{}\nrad tre", "{}!", "({})")


def nasty() -> list[str]:
    """Return 500 texts and more, each of which some chat makes something else of."""
    made = [shape.replace("{}", one) for shape in AROUND for one in (*MARKS, *SIGNS)]
    return list(dict.fromkeys(made))


SHAPES: Mapping[str, Callable[[str], Block]] = {
    "paragraph": lambda text: Paragraph(words(text)),
    "strong": lambda text: Paragraph(words(text, strong=True)),
    "name of somebody": lambda text: Paragraph((Mention("bo", text),)),
    "name of a link": lambda text: Paragraph((Link(text, "no address"),)),
    "address": lambda text: Paragraph((Link("namn", f"javascript:{text}"),)),
    "bullet": lambda text: Bullets((words(text),)),
    "numbered": lambda text: Bullets((words(text),), ordered=True),
    "quote": lambda text: Quote(words(text)),
    "fact": lambda text: Facts((("Namn", text),)),
    "name of a fact": lambda text: Facts(((text, "värde"),)),
    "heading": lambda text: Heading(text),
    "title of a fold": lambda text: Fold(text, (Paragraph(words("inre")),)),
    "inside a fold": lambda text: Fold("Titel", (Quote(words(text)),)),
}
"""Each kind of block with a text in it."""


def as_every_span(text: str) -> Message:
    """Return a message that has *text* wherever words of people's can stand."""
    inner = (
        Paragraph(words(text)),
        Heading(text),
        Bullets((words(text),)),
        Quote(words(text)),
        Facts(((text, text),)),
    )
    return a_message(
        Heading(text),
        Paragraph((Words("Före "), Words(text), Words(text, strong=True), Words(" efter"))),
        Paragraph(
            (Link(text, "https://exempel.se/"), Link("namn", text), Mention("bo", text), Mention("ada", text))
        ),
        Bullets((words(text), words(text, strong=True))),
        Bullets((words(text), words("två")), ordered=True),
        Quote(words(text)),
        Facts((("Namn", text), (text, "värde"))),
        Fold(text, inner),
        buttons=(a_button(text, "b1", spoken=text), a_button(text, "b2", style="danger")),
        form=a_form(title=text),
    )


def as_every_field(text: str) -> Form:
    """Return a form that has *text* wherever words of people's can stand."""
    both = options(text, "Annat")
    fields = [
        replace(
            a_field(kind, id=f"{kind}-{n}", label=text, help=text, value=value),
            options=choice,
            own=own,
            many=many,
        )
        for n, (kind, choice, own, many, value) in enumerate(
            (
                ("text", (), False, False, text),
                ("text", (), False, False, ""),
                ("choice", both, False, False, text),
                ("choice", both, True, False, "Något eget"),
                ("choices", both, False, True, text),
                ("choices", both, True, True, text),
                ("reference", ((text, text), ("r2", "Två")), False, False, ""),
                ("person", both, False, False, ""),
                ("list", (), False, True, text),
                ("date", (), False, False, text),
                ("number", (), False, False, text),
                ("file", (), False, False, text),
                ("account", (), False, False, text),
            )
        )
    ]
    return a_form(*fields, title=text, intro=text)
