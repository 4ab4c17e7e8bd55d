"""What is heard: commands in both languages, answers that begin like one, numbers, `för X: …`, slips."""

import pytest

from content.words import commands
from dialogs.hearing.hear import Answered, Commanded, Suggested, Unsure, hear, is_command, split_reason


def command(id: str, number: str = "", rest: str = "") -> Commanded:
    return Commanded(id, number, rest)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("hjälp", command("help")),
        ("Hjälp!", command("help")),
        ("?", command("help")),
        ("help", command("help")),
        ("  läget ", command("status")),
        ("STATUS?", command("status")),
        ("läget Arbetsgruppen", command("status", rest="Arbetsgruppen")),
        ("starta", command("start")),
        ("start", command("start")),
        ("börja här", command("tour")),
        ("start here", command("tour")),
        ("provkör", command("practice")),
        ("ta bort provkörningen", command("end-practice")),
        ("steg 3", command("step", rest="3")),
        ("step 3", command("step", rest="3")),
        ("stegen", command("steps")),
        ("nästa", command("next")),
        ("go on", command("next")),
        ("tillbaka", command("back")),
        ("klart", command("done")),
        ("done.", command("done")),
        ("varför", command("why")),
        ("varför 1.2", command("why", "1.2")),
        ("Why 1.2?", command("why", "1.2")),
        ("exempel a.1", command("example", "A.1")),
        ("fråga 4.3.2", command("question", "4.3.2")),
        ("4.3", command("question", "4.3")),
        ("4.3:", command("question", "4.3")),
        ("H1.2", command("question", "H1.2")),
        ("h12.2.3:", command("question", "H12.2.3")),
        ("fråga h1.2", command("question", "H1.2")),
        ("hoppa över h1.2.3: gäller inte oss", command("skip", "H1.2.3", "gäller inte oss")),
        ("hoppa över 1.2: gäller inte oss", command("skip", "1.2", "gäller inte oss")),
        ("skip: not for us", command("skip", rest="not for us")),
        ("ändra 1.2: 40", command("change", "1.2", "40")),
        ("change 1.2: 40", command("change", "1.2", "40")),
        ("fastställ", command("settle")),
        ("fastställ 1.2", command("settle", "1.2")),
        ("settle 1.2: the text\nin two lines", command("settle", "1.2", "the text\nin two lines")),
        ("utkast 1.2: så här", command("draft", "1.2", "så här")),
        ("samtycke 1.2: till 15 mars", command("round", "1.2", "till 15 mars")),
        ("samtycke till 15 mars", command("round", rest="till 15 mars")),
        ("samtycke till fredag", command("round", rest="till fredag")),
        ("consent round by 31 February", command("round", rest="by 31 February")),
        ("consent 1.2", command("round", "1.2")),
        ("jag samtycker", command("agree")),
        ("I agree", command("agree")),
        ("invänder 1.2: för dyrt", command("object", "1.2", "för dyrt")),
        ("samtycker med farhåga: tiden", command("concern", rest="tiden")),
        ("avstår 1.2", command("abstain", "1.2")),
        ("öppna igen 1.2: nya uppgifter", command("reopen", "1.2", "nya uppgifter")),
        ("fastställ ändå 1.2: lagen", command("despite", "1.2", "lagen")),
        ("avsluta rundan 1.2", command("close-round", "1.2")),
        ("ta tillbaka 1.2", command("withdraw", "1.2")),
        ("pausa", command("pause")),
        ("resume", command("resume")),
        ("ny person: Karin Ek, politiker", command("add-person", rest="Karin Ek, politiker")),
        ("add person: Karin Ek", command("add-person", rest="Karin Ek")),
        ("Lägg till personer", command("add-person")),  # as the button says
        ("Add people", command("add-person")),
        ("ta bort person: Karin Ek", command("remove-person", rest="Karin Ek")),
        ("lämna över: Karin Ek", command("hand-over", rest="Karin Ek")),
        ("ny enhet: Skola; Vård", command("add-unit", rest="Skola; Vård")),
        ("språk engelska", command("language", rest="engelska")),
        ("language English", command("language", rest="English")),
        ("integritet", command("privacy")),
        ("privacy", command("privacy")),
        ("visa handlingsplanen", command("document", rest="handlingsplanen")),
        ("lista insatser", command("list", rest="insatser")),
        ("lista resor och möten: mina, sida 2", command("list", "resor och möten", "mina, sida 2")),
        ("ny insats: Resa till Gent", command("add-record", "insats", "Resa till Gent")),
        ("markera insatser 2: klar", command("move-record", "insatser 2", "klar")),
        ("avbryt", command("cancel")),
        ("mitt utkast", command("kept")),
        ("mina frågor", command("mine")),
        ("kod K7QM-4XWP: vi borde göra så här i stället, tycker jag", command("code", "K7QM-4XWP", "vi borde göra så här i stället, tycker jag")),
    ],
)  # fmt: skip
def test_a_command_is_heard(said, heard):
    assert hear(said) == heard


@pytest.mark.parametrize(
    "said",
    [
        "Starta projekt tillsammans med skolan",
        "Startade gjorde vi i fjol",
        "Hjälp från grannkommunen behövs",
        "Klart att vi ska vara med",
        "Done is better than perfect",
        "Nästa år åker vi till Gent",
        "Paus i arbetet är bra",
        "Status i EU-frågor saknas i dag, och det märks",
        "Visa upp våra projekt för andra kommuner",
        "Personer från alla förvaltningar",
        "Varför vi vill detta är enkelt: pengar",
        "Exempel på bra projekt finns i Växjö",
        "Nästan alla är med",
        "Change is hard for everyone",
        "Next year we go to Ghent",
        "People from every unit",
        "Settle in slowly and see",
        "Skip the meetings nobody needs",
        "Språk är viktigt för oss alla i kommunen",
        "Fråga medborgarna oftare",
        "Ny personlig plan för alla som arbetar med EU",
        "Lägg till mer tid för kontaktpersonerna, minst en halv dag",
        "Enheter och nämnder ska samarbeta",
        "Helpdesken ska kunna EU",
        "Vi vill vidare.",
        "Stegvis, med början i skolan",
        "2030 ska vi ha tio projekt",
        "1) mer tid 2) mer pengar",
        "Kl. 14.30 på torsdag",
        "12,5 miljoner",
        "Ett kort svar:\nmed två rader",
    ],
)
def test_an_answer_that_begins_like_a_command_stays_an_answer(said):
    assert hear(said) == Answered(said)


def test_every_word_of_every_command_is_heard_as_its_command():
    wrong = {
        word: hear(word)
        for one in commands().values()
        for word in one.words
        if hear(word) != Commanded(one.id)
    }
    assert wrong == {}


def test_no_word_means_two_things():
    words = [word for one in commands().values() for word in one.words]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("1.2: mitt svar", Answered("mitt svar", "1.2")),
        ("a.1: mitt svar", Answered("mitt svar", "A.1")),
        ("4.3.2: ja", Answered("ja", "4.3.2")),
        ("h1.2: vår del", Answered("vår del", "H1.2")),
        ("H1.2.3: vår del", Answered("vår del", "H1.2.3")),
        ("för Bo Dahl, h1.2: vår del", Answered("vår del", "H1.2", "Bo Dahl")),
        ("1.2: första raden\nandra raden", Answered("första raden\nandra raden", "1.2")),
        ("för Karin Ek: hon tycker så", Answered("hon tycker så", "", "Karin Ek")),
        ("För Karin Ek 1.2: hon tycker så", Answered("hon tycker så", "1.2", "Karin Ek")),
        ("for Karin Ek, 1.2: she thinks so", Answered("she thinks so", "1.2", "Karin Ek")),
        ("2.5 miljoner", Unsure("2.5 miljoner", "2.5", "miljoner")),
        ("1.2 ja", Unsure("1.2 ja", "1.2", "ja")),
    ],
)
def test_a_number_or_a_name_says_whose_answer_to_what(said, heard):
    assert hear(said) == heard


@pytest.mark.parametrize(
    ("said", "word"),
    [("hjälpp", "hjälp"), ("lägett", "läget"), ("fastsäll", "fastställ"), ("statsu", "status"), ("satus", "status"),
     ("hoppa öve", "hoppa över"), ("previus", "previous"), ("fasställ 1.2", "fastställ 1.2"), ("Setle a.1.", "settle A.1")],
)  # fmt: skip
def test_a_slip_brings_a_suggestion_and_never_an_act(said, word):
    heard = hear(said)
    assert isinstance(heard, Suggested)
    assert heard.word == word


@pytest.mark.parametrize(
    "said",
    [
        "ja",
        "nej",
        "Skola",
        "skolan",
        "Alla fyra",
        "Kommunens vision",
        "Gent",
        "vet ej",
        "40",
        "Delmål 1.2",
        "samtycke till alla förslag",
        "samtycke till fler än tre nya partners",
    ],
)
def test_an_ordinary_short_answer_is_no_slip(said):
    assert hear(said) == Answered(said)


@pytest.mark.parametrize(
    "said", ["", "   ", "\n", "...", "🎉", "\x00", "ß" * 30, "a" * 50_000, " " * 50_000 + "x", "1." * 20_000]
)
def test_anything_can_be_heard(said):
    assert not is_command(said)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("hja\u0308lp", command("help")),
        ("A\u0308ndra 1.2: fler tra\u0308d", command("change", "1.2", "fler träd")),
        ("1.2: fler tra\u0308d", Answered("fler träd", "1.2")),
        ("\u200bhjälp\ufeff", command("help")),
    ],
)
def test_it_is_heard_the_same_whatever_machine_it_was_written_on(said, heard):
    assert hear(said) == heard


@pytest.mark.parametrize(
    ("said", "split"),
    [
        ("nytt svar, skäl: vi räknade om", ("nytt svar", "vi räknade om")),
        ("new answer, reason: recounted", ("new answer", "recounted")),
        ("bara ett svar", ("bara ett svar", "")),
        ("skäl: därför", ("", "därför")),
        ("flera skäl finns", ("flera skäl finns", "")),
        (" " * 20_000, ("", "")),
        ("x" + " " * 20_000 + "y", ("x" + " " * 20_000 + "y", "")),
    ],
)
def test_a_reason_is_told_apart_from_the_answer(said, split):
    assert split_reason(said) == split
