"""In a form asked field by field: a command's word alone is the command, and what only begins like one is the value."""

import pytest

from dialogs.hearing.hear import hear
from dialogs.hearing.in_a_form import interrupts
from dialogs.messages import FormField

TEXT = FormField("namn", "Namn", "text")
NUMBER = FormField("antal", "Antal", "number")
STATES = FormField(
    "lage", "Läge", "choice", options=(("klar", "Klar"), ("avbryt", "Avbryt"), ("vidare", "Vidare"))
)


def is_command(text: str, field: FormField | None = TEXT) -> bool:
    return interrupts(
        text, hear(text), field, is_register=lambda name: name in ("insatser", "insats", "measures"),
        is_member=lambda name: name == "Bo",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        # a command's word alone
        "hjälp", "Hjälp!", "help", "?", "läget", "status", "Status?", "visa", "show", "avbryt", "cancel", "nästa",
        "lista", "list", "ny insats", "enheter", "units", "mina frågor", "my questions",
        # with the number of a question, a checkpoint or a step
        "visa 3.2", "show 3.2", "varför 1.2", "why 1.2?", "1.2", "1.2:", "H3", "h1.2", "fråga h1.2", "steg 3", "step 3",
        "ändra 1.2: 40", "change 1.2: 40", "hoppa över 1.2: inte nu", "skip 1.2: not now", "fastställ 1.2",
        # an answer to another question, and for somebody in the group
        "1.2: vi vill mer", "för Bo: vi vill mer", "for Bo: we want more",
        # about a register's entry
        "visa insatser 2", "show measures 2", "ändra post insatser 2", "markera insatser 2: klar", "ny insats: Cykelbana",
        # a code is nobody's value
        "kod ABCD-EFGH", "code ABCD-EFGH",
    ],
)  # fmt: skip
def test_a_command_interrupts(text: str):
    assert is_command(text)


@pytest.mark.parametrize(
    "text",
    [
        "hjälpmedelscentralen", "Hjälpmedelscentralen i Växjö", "help desk for schools", "statusrapport", "status quo",
        "status quo i frågan", "läget i länet", "visa vägen", "Visa vägen!", "show the way", "visa upp länet",
        "lista ut hur", "list of partners", "nästa generation", "next steps for all", "ny bro", "new bridge",
        "nytt hus: vid sjön", "enheter för vård", "mina tankar", "beslut: vi säger ja", "decision: we say yes",
        "markera vår plats: torget", "sammanträde i maj", "meeting in May", "språk och kultur", "language courses",
        "hämta mer kunskap", "get more knowledge", "vägledning för nya", "guide for newcomers", "steg för steg",
        "step by step", "kalender för alla", "tyst kunskap", "quiet rooms", "exportera mer trä", "export more wood",
        "ta bort hinder", "nämnd för framtiden: ja", "2.5 miljoner", "för alla: bättre vägar", "for all: better roads",
        "visa vägen 2", "ändra post 7",
        "hejsan alla", "Vi vill visa vägen",
    ],
)  # fmt: skip
def test_what_only_begins_like_one_is_the_value(text: str):
    assert not is_command(text)


@pytest.mark.parametrize(("text", "field"), [
    ("klar", STATES), ("Klar.", STATES), ("vidare", STATES), ("2.5", NUMBER),
])  # fmt: skip
def test_what_the_field_asks_for_is_the_value_whatever_else_it_means(text: str, field: FormField):
    assert not is_command(text, field)
    assert is_command(text, TEXT)


def test_a_form_can_always_be_left():
    assert is_command("avbryt", STATES)
    assert is_command("hjälp", None)


NAME = FormField("group", "Gruppens namn", "text", names=True)


@pytest.mark.parametrize(
    "text",
    ["Gruppen", "gruppen", "Enheter", "Nämnder", "Personer", "Läget", "Status", "starta", "Beslut", "Klart", "Steg 3", "H3", "Kod"],
)  # fmt: skip
def test_where_a_name_is_asked_for_a_word_alone_is_the_name(text: str):
    assert not is_command(text, NAME)
    assert is_command(text, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "avbryt", "cancel", "hjälp", "?", "tillbaka", "back", "1.2", "visa 3.2", "ändra 1.2: 40", "hållpunkt H3",
        "för Bo: vi vill mer", "1.2: vi vill mer", "visa insatser 2", "ny insats: Cykelbana", "kod ABCD-EFGH",
    ],
)  # fmt: skip
def test_help_the_way_out_and_what_nobody_is_called_are_heard_even_there(text: str):
    assert is_command(text, NAME)
