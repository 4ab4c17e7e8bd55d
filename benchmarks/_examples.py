"""Makes up good examples by a seed, out of building blocks in Swedish, for the hand-written ones to lie among.

The blocks are about the same things as the hand-written ones, and use the same words: queues, thefts, absence, meetings.
Each example takes its trouble, what was done, what came of it and what to take over from blocks that needn't belong
together, as examples from many hands don't all follow one pattern.
"""

from collections.abc import Iterator
from random import Random

TRADES = (
    "hotell", "sågverk", "grundskola", "försäkringsbolag", "tandvård", "verkstadsindustri", "åkeri", "storkök",
    "äldreboende", "hemtjänst", "bibliotek", "simhall", "vårdcentral", "sjukhus", "förskola", "gymnasium",
    "räddningstjänst", "polis", "kollektivtrafik", "fastighetsbolag", "byggföretag", "elbolag", "vattenverk", "museum",
    "teater", "idrottsförening", "studieförbund", "fackförbund", "bank", "matbutik", "restaurang", "lantbruk",
    "skogsbolag", "pappersbruk", "IT-företag", "konsultföretag", "region", "socialtjänst", "arbetsmarknadsenhet",
    "fritidsgård", "gatukontor", "bygglovsenhet", "turistbyrå", "hamn", "flygplats", "apotek", "universitet",
)  # fmt: skip
WHO = (
    "patienter", "elever", "kunder", "boende", "besökare", "resenärer", "hyresgäster", "deltagare", "invånare", "barn",
    "ungdomar", "pensionärer", "nyanställda", "vikarier", "chefer", "medarbetare", "föräldrar", "anhöriga", "brukare",
    "gäster", "nyanlända", "studenter", "föreningar", "företagare", "handläggare", "lärare", "sjuksköterskor",
    "chaufförer", "montörer", "tekniker",
)  # fmt: skip
WHERE = (
    "på kvällarna", "i receptionen", "på avdelningen", "i centrum", "på landsbygden", "vid entrén", "i väntrummet",
    "på skolgården", "i omklädningsrummen", "i lagret", "på parkeringen", "i verkstaden", "på mötena", "i köket",
    "under semestern", "på natten", "vid skiftbytet", "i telefonen", "på webbplatsen", "i matsalen", "i förrådet",
    "på bussen", "vid hållplatserna", "i parken", "på kontoret", "efter lunch", "på helgerna", "i trapphusen",
)  # fmt: skip
TROUBLE = (
    "{who} fick vänta för länge {where}", "ingen visste vem som ansvarade när {who} hörde av sig",
    "{who} kände sig otrygga {where}", "stölder och skadegörelse ökade {where}", "{who} förstod inte informationen",
    "sjukfrånvaron bland {who} steg varje höst", "det fanns ingen plan för hur {who} skulle tas emot",
    "avtalen följdes aldrig upp", "budgeten sprack varje år", "{who} slutade efter en kort tid",
    "mötena tog för lång tid och ledde inte till beslut", "{who} och ledningen litade inte på varandra",
    "rutinerna var gamla och ingen läste dem", "dokumentationen tog tid från {who}",
    "{who} fick olika besked beroende på vem de frågade", "det saknades bemanning {where}",
    "maten kom tillbaka orörd {where}", "energikostnaden fördubblades", "nedskräpningen {where} väckte klagomål",
    "{who} hittade inte till oss", "lokalerna stod tomma {where}", "bokningarna krockade {where}",
    "{who} glömde sina tider", "det blev konflikter mellan {who} {where}", "olyckor inträffade {where}",
    "{who} vågade inte berätta om misstag", "förslag från {who} blev liggande",
    "{who} saknade utbildning i de nya systemen", "de digitala tjänsterna användes inte av {who}",
    "transporterna kostade mer än själva arbetet", "bilarna stod still {where}", "{who} hade för lite att göra {where}",
    "få kvinnor sökte tjänsterna", "flickor och pojkar behandlades olika {where}", "{who} fick inget inflytande",
    "samverkan mellan enheterna fungerade inte", "ärenden skickades fram och tillbaka", "{who} var ensamma {where}",
    "språket var ett hinder för {who}", "kunskapen försvann när de erfarna gick i pension",
    "utrustning kom aldrig tillbaka från {who}", "läkemedel blandades ihop {where}", "larmet gick i onödan {where}",
    "vattnet läckte {where}", "trafiken var farlig {where}", "{who} överklagade varje beslut",
    "upphandlingen drog ut på tiden", "leverantörerna höll inte tiderna", "rekryteringen gav för få sökande",
    "introduktionen av {who} hann inte göras", "{who} var rädda inför besöket", "bullret störde {who} {where}",
    "rykten spreds bland {who}", "strömavbrott slog ut verksamheten", "{who} kom för sent {where}",
    "medborgarna deltog inte i dialogerna", "projekten dog när pengarna tog slut", "målen var okända för {who}",
    "ledarna var överbelastade", "arbetsbördan var ojämn mellan {who}", "miljömålen nåddes inte",
    "återvinningen fungerade inte {where}", "klagomålen från {who} besvarades sent", "statistiken var opålitlig",
)  # fmt: skip
DONE = (
    "Vi samlade {who} en förmiddag och gick igenom hur det såg ut", "En checklista togs fram tillsammans med {who}",
    "Schemat lades om så att två alltid är på plats {where}", "Vi satte upp en tavla {where} med veckans siffror",
    "Varje vecka ringer en handledare till {who}", "En enkel app visar var det är ledigt {where}",
    "Reglerna skrevs om på en sida", "{who} fick en egen budget att bestämma över",
    "Vi bytte leverantör och skrev in mått i avtalet", "En arbetsgrupp med {who} fick tre månader på sig",
    "Vi gick på studiebesök hos ett företag i en annan bransch", "Belysningen byttes {where}",
    "En film på två minuter visar hur det går till", "Blanketterna blev färre och färdigifyllda",
    "Ett sms påminner {who} dagen före", "Vi införde fasta tider för samtal", "Cheferna arbetar en dag i månaden {where}",
    "Alla ärenden sorteras på morgonen", "Vi utbildade {who} i grupper om åtta", "En lots följer varje ärende till slutet",
    "{who} parades ihop med en mentor", "Frivilliga turas om {where}", "Vi mätte i fjorton dagar innan vi ändrade något",
    "Varje möte börjar med ett beslut", "Vi hyrde ut lokalen till föreningar {where}", "Skyltarna gjordes om till bilder",
    "Ansvaret delades mellan två enheter", "En gemensam kalender öppnades för {who}", "Nycklar ersattes av kort",
    "Vi kartlade när och var det hände", "Kameror och väktare prövades {where}", "Vi bjöd in {who} till frukost",
    "Det som fungerade spreds till alla enheter", "Återkoppling ges inom en vecka", "Rollerna skrevs ner och byttes varje år",
    "Vi lånade ut utrustning mot pant", "Priset sattes efter hur sent man avbokade", "{who} fick skriva om texterna själva",
    "Städningen lades {where}", "En jourtelefon öppnades för {who}", "Vi följde upp kvinnor och män var för sig",
    "Prognoser gjordes av gamla siffror", "Lagret delades med grannen", "En gång i månaden är det öppet hus {where}",
)  # fmt: skip
RESULT = (
    "Väntan blev hälften så lång", "Klagomålen minskade med en tredjedel", "Sjukfrånvaron sjönk till fem procent",
    "{who} är nöjdare enligt enkäten", "Kostnaden minskade med {n} tusen om året", "Inga olyckor på två år",
    "Fler {who} kommer tillbaka", "{n} procent av besöken bokas nu på nätet", "Personalen stannar längre",
    "Besluten fattas på en vecka", "Svinnet minskade med {n} procent", "Antalet anmälningar halverades",
    "{n} föreningar är med", "Tryggheten ökade bland {who}", "Två enheter har tagit efter",
    "Övertiden försvann nästan helt", "Energin minskade med {n} procent", "Målen nåddes ett år tidigare",
    "Vi fick {n} nya sökande", "Arbetsron förbättrades {where}",
)  # fmt: skip
TAKE = (
    "Börja litet och mät.", "Låt {who} bestämma formen.", "En person måste äga frågan.", "Gör det samma dag varje vecka.",
    "Visa siffrorna för alla.", "Fråga dem det gäller först.", "Skriv ner rutinen på en sida.", "Ge det tid: minst ett halvår.",
    "Ta med facket från början.", "Öva innan det är skarpt.", "Fira det som går bra.", "Använd det ni redan har.",
)  # fmt: skip
KEYWORDS = (
    "stöld", "kö", "väntetid", "schema", "bemanning", "sjukfrånvaro", "möten", "beslut", "budget", "uppföljning", "avtal",
    "rutin", "information", "klarspråk", "introduktion", "mentor", "rekrytering", "utbildning", "matsvinn", "energi",
    "transport", "klimat", "trygghet", "belysning", "samverkan", "konflikt", "inflytande", "jämställdhet", "integration",
    "språk", "digitalisering", "bokning", "påminnelse", "telefon", "dokumentation", "blanketter", "förslag", "ständiga förbättringar",
    "olycka", "avvikelse", "läkemedel", "äldre", "barn", "unga", "ensamhet", "förtroende", "rykten", "beredskap", "kompetens",
    "pension", "utlåning", "lager", "leverantör", "upphandling", "nedskräpning", "återvinning", "buller", "tillgänglighet",
    "personalomsättning", "ledarskap", "projekt", "pilot", "medborgardialog", "landsbygd", "service", "kvalitet", "stress",
)  # fmt: skip
TITLES = (
    "{a} {where}", "Tillsammans med {who}", "Så fick vi {who} med oss", "Ett nytt sätt att möta {who}", "{who} först",
    "Färre steg för {who}", "Ordning {where}", "Modellen {a}", "Projekt {a}", "{a} för alla", "Rätt {who} på rätt plats",
)  # fmt: skip
NAMES = (
    "Linjen", "Bron", "Kompassen", "Lyktan", "Navet", "Stegen", "Fyren", "Trampolinen", "Nätet", "Kedjan", "Spegeln",
    "Dörren", "Klockan", "Tråden", "Vågen", "Kraften", "Torget", "Slingan", "Kupolen", "Ankaret",
)  # fmt: skip


def made_up(count: int, *, seed: int) -> Iterator[dict[str, str]]:
    """Yield the fields of so many examples; the same for the same seed."""
    draw = Random(seed)

    def said(blocks: tuple[str, ...]) -> str:
        filled = draw.choice(blocks).format(
            who=draw.choice(WHO), where=draw.choice(WHERE), a=draw.choice(NAMES), n=draw.randrange(5, 90)
        )
        return filled[:1].upper() + filled[1:]

    for number in range(count):
        yield {
            "titel": f"{said(TITLES)} {number}",
            "problem": f"{said(TROUBLE)}, och {said(TROUBLE).lower()}.",
            "situation": f"{said(TROUBLE)}.",
            "gjort": f"{said(DONE)}. {said(DONE)}. {said(DONE)}.",
            "resultat": f"{said(RESULT)}. {said(RESULT)}.",
            "overta": f"{said(TAKE)} {said(TAKE)}",
            "bransch": draw.choice(TRADES),
            "nyckelord": ", ".join(draw.sample(KEYWORDS, 4)),
        }
