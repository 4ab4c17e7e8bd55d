"""Accounts meet persons: by e-mail address, by being picked, by a code, by asking; and what a platform says of them."""

import re
from datetime import timedelta
from unicodedata import normalize

from bot.usecases.accounts import accounts_in, unknown
from bot.usecases.organise import names_in
from dialogs.incoming import Changed, Pressed, Said, Submitted
from tests.conversation.talk import Told
from tests.conversation.workplace import DOOR, TENANT, Workplace, a_profile, account


def person(work: Workplace, who: str) -> str:
    with work.uow() as uow:
        found = uow.people.by_account(DOOR, TENANT, account(who))
        assert found is not None
        return str(found.id)


def entered(work: Workplace, name: str, *, email: str | None = None) -> str:
    """Somebody whom whoever leads has entered, without an account here."""
    work.mentions("Ada", f"ny person: {name}, grupp")
    with work.uow() as uow:
        [known] = uow.people.named(name, None)
        if email:
            uow.people.set_email(known.id, email)
        uow.commit()
        return str(known.id)


def test_a_new_account_gives_a_person_with_what_the_platform_says(work: Workplace):
    work.profiles[account("dan")] = a_profile(
        "Dan Ek", email="dan@ex.se", language="en", zone="Europe/Helsinki"
    )
    told = work.privately("dan", "help")
    with work.uow() as uow:
        dan = uow.people.by_account(DOOR, TENANT, account("dan"))
        assert dan is not None
        assert (dan.name, dan.language, uow.people.zone(dan.id)) == ("Dan Ek", "en", "Europe/Helsinki")
    assert ("greeting", "en") in told.phrases


def test_a_name_is_kept_as_it_is_typed_here(work: Workplace):
    work.profiles[account("asa")] = a_profile(normalize("NFD", "Åsa Öberg"))
    work.privately("asa", "hjälp")
    with work.uow() as uow:
        [asa] = uow.people.named("Åsa Öberg", None)
    assert (asa.id, asa.name) == (person(work, "asa"), "Åsa Öberg")


def test_names_are_the_same_whatever_machine_they_were_listed_on():
    assert names_in(normalize("NFD", "Åsa Öberg\nBo Dahl, Åke")) == ["Åsa Öberg", "Bo Dahl", "Åke"]


def test_an_account_is_tied_to_the_one_person_with_its_address(work: Workplace):
    dan = entered(work, "Dan Ek", email="Dan.Ek@ex.se")
    work.profiles[account("dan")] = a_profile("D. Ek", email="dan.ek@ex.se")
    work.says("dan", "lära", to="1.1")
    assert person(work, "dan") == dan
    assert work.said_on("1.1") == ["lära"]
    assert work.rows("select count(*) from audit where kind = 'account-tied-by-email'") == [(1,)]


def test_a_guests_address_ties_nobody(work: Workplace):
    dan = entered(work, "Dan Ek", email="dan@ex.se")
    work.profiles[account("dan")] = a_profile("D. Ek", email="dan@ex.se", guest=True)
    work.privately("dan", "hjälp")
    assert person(work, "dan") != dan


def test_an_address_that_two_have_ties_nobody(work: Workplace):
    for name in ("Dan Ek", "Eva Ek"):
        entered(work, name, email="ek@ex.se")
    work.profiles[account("dan")] = a_profile("D. Ek", email="ek@ex.se")
    work.privately("dan", "hjälp")
    with work.uow() as uow:
        assert len(uow.people.named("D. Ek", None)) == 1


def test_an_address_does_not_tie_a_second_account_of_one_workplace(work: Workplace):
    work.profiles[account("dan")] = a_profile("Dan Ek", email="info@ex.se")
    work.profiles[account("new")] = a_profile("Nya Dan", email="info@ex.se")
    work.privately("dan", "hjälp")
    work.privately("new", "hjälp")
    assert person(work, "dan") != person(work, "new")


def test_two_accounts_of_one_person_have_one_set_of_rights(work: Workplace):
    with work.uow() as uow:
        ada = uow.people.by_account(DOOR, TENANT, account("Ada"))
        assert ada is not None
        uow.people.put_code("ABCD-1234", ada.id, until=work.clock.now() + timedelta(days=1))
        uow.commit()
    work.privately("Adas andra", "kod ABCD-1234")
    assert person(work, "Adas andra") == ada.id
    work.says("Bo", "lära", to="1.1")
    work.mentions("Adas andra", "fastställ 1.1")
    assert work.item("1.1").value == "lära"


def code_in(told: Told) -> str:
    [found] = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", told.text)[:1]
    return str(found)


def test_whoever_asks_gets_a_code_that_makes_another_account_theirs_once(work: Workplace):
    ada = person(work, "Ada")
    code = code_in(work.privately("Ada", "länka konto"))

    work.privately("Adas andra", f"kod {code}")

    assert person(work, "Adas andra") == ada
    assert "code-unknown" in work.privately("en främling", f"kod {code}").keys


def test_a_code_that_is_asked_for_in_the_channel_comes_in_private(work: Workplace):
    told = work.mentions("Ada", "länka konto")

    assert "account-code-in-private" in told.keys
    [private] = [letter for letter in told.letters if letter.room.private]
    [shown] = [letter for letter in told.letters if not letter.room.private]
    code = code_in(told)
    assert code in private.message.text
    assert code not in shown.message.text


def test_words_about_linking_are_words(work: Workplace):
    assert "account-code" not in work.privately("Ada", "länka konto till vår budget för nästa år").keys


def test_what_a_person_chose_stays_when_the_platform_says_something_else(work: Workplace):
    work.privately("Bo", "språk engelska")
    work.privately("Bo", "time zone Oslo")
    work.profiles[account("Bo")] = a_profile("Bo", language="sv", zone="Europe/Stockholm")
    told = work.privately("Bo", "help")
    assert ("help-intro", "en") in told.phrases
    with work.uow() as uow:
        assert uow.people.zone(person(work, "Bo")) == "Europe/Oslo"


def test_a_zone_that_nobody_knows_is_asked_for_again(work: Workplace):
    assert "zone-unknown" in work.privately("Bo", "tidszon Xyzzy").keys
    assert "zone-near" in work.privately("Bo", "tidszon Stokholm").keys


# --- is it the same person? ---


def test_whoever_leads_is_asked_about_a_namesake_and_says_yes(work: Workplace):
    dan = entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    told = work.privately("dan", "hej")
    button = told.to("Ada").button("same-person")
    told = work.presses("Ada", button, in_private=True)
    assert "same-person-tied" in told.keys
    assert "you-are-known" in told.keys
    assert person(work, "dan") == dan
    assert len(told.to("dan").letters) == 1  # what is said to the known person comes to the new account
    work.says("dan", "lära", to="1.1")
    assert work.said_on("1.1") == ["lära"]


def test_whoever_is_not_tied_yet_hears_who_was_asked_and_keeps_what_they_wrote(work: Workplace):
    entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    first = work.says("dan", "lära", to="1.1")
    again = work.says("dan", "lära mer", to="1.1")
    for told in (first, again):
        assert {"not-tied-yet", "kept-as-draft"} <= told.keys
        assert "not-a-member" not in told.keys

    told = work.presses("Ada", first.to("Ada").button("same-person"), in_private=True)
    assert "you-are-known-kept" in told.keys
    kept = work.commands("dan", "mitt utkast")
    work.presses("dan", kept.button("kept-answer"))
    assert work.said_on("1.1") == ["lära mer"]


def test_whoever_nobody_has_entered_hears_how_to_be(work: Workplace):
    work.profiles[account("dan")] = a_profile("Dan Ek")
    assert "not-a-member" in work.says("dan", "lära", to="1.1").keys


def test_saying_yes_twice_is_saying_yes(work: Workplace):
    entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    asked = work.privately("dan", "hej").to("Ada")
    work.presses("Ada", asked.button("same-person"), in_private=True)
    again = work.presses("Ada", asked.button("same-person"), in_private=True)
    assert "same-person-tied" in again.keys
    assert again.to("dan").letters == []
    assert "same-person-already" in work.presses("Ada", asked.button("another-person"), in_private=True).keys


def test_whoever_is_known_is_told_so_in_the_language_of_their_account(work: Workplace):
    entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek", language="en")
    asked = work.privately("dan", "hello").to("Ada")
    told = work.presses("Ada", asked.button("same-person"), in_private=True)
    assert ("you-are-known", "en") in told.phrases


def test_whoever_leads_says_no_and_nothing_is_tied(work: Workplace):
    dan = entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    told = work.privately("dan", "hej")
    work.presses("Ada", told.to("Ada").button("another-person"), in_private=True)
    assert person(work, "dan") != dan


def test_nobody_else_may_say_that_two_are_the_same(work: Workplace):
    dan = entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    button = work.privately("dan", "hej").to("Ada").button("same-person")
    told = work.presses("dan", button, in_private=True)
    assert "old-button" in told.keys
    assert person(work, "dan") != dan


def test_it_is_too_late_once_the_new_one_belongs_to_a_group(work: Workplace):
    dan = entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    button = work.privately("dan", "hej").to("Ada").button("same-person")
    new = person(work, "dan")
    with work.uow() as uow:
        uow.organisations.add_admin(uow.organisations.all()[0][0], new)
        uow.commit()
    told = work.presses("Ada", button, in_private=True)
    assert "same-person-too-late" in told.keys
    assert person(work, "dan") != dan


def test_nobody_is_asked_when_no_group_here_has_the_name(work: Workplace):
    work.profiles[account("dan")] = a_profile("Dan Ek")
    told = work.privately("dan", "hej")
    assert told.to("Ada").letters == []


# --- people are put in the group by being picked ---


def test_a_picked_account_is_put_in_the_group_and_told_what_is_kept(work: Workplace):
    form = work.form_for("Ada", "ny person")
    assert form is not None
    work.profiles[account("dan")] = a_profile("Dan Ek", language="en")
    told = work.hands_in("Ada", form, account="<@Udan>", roles="politik", deputy="ledare")
    dan = work.member("Dan Ek")
    assert (dan.roles, dan.deputy_for, dan.person.id) == (("politik",), ("ledare",), person(work, "dan"))
    assert ("greeting", "en") in told.phrases


def test_several_are_picked_at_once_and_others_named(work: Workplace):
    form = work.form_for("Ada", "ny person")
    assert form is not None
    for who in ("dan", "eva"):
        work.profiles[account(who)] = a_profile(who.capitalize())
    work.hands_in("Ada", form, account="<@Udan>; <@Ueva>", name="Fia")
    assert {one.person.name for one in work.journey().roster.members} >= {"Dan", "Eva", "Fia"}
    assert work.member("Dan").roles == ("grupp",)


def test_a_picked_account_is_that_of_the_namesake_who_was_entered(work: Workplace):
    dan = entered(work, "Dan Ek")
    form = work.form_for("Ada", "ny person")
    assert form is not None
    work.profiles[account("dan")] = a_profile("Dan Ek")
    told = work.hands_in("Ada", form, account="<@Udan>", roles="politik")
    assert "account-was-entered" in told.keys
    assert person(work, "dan") == dan
    assert set(work.member("Dan Ek").roles) == {"grupp", "politik"}


def test_a_picked_account_that_has_spoken_is_the_namesakes_too(work: Workplace):
    dan = entered(work, "Dan Ek")
    work.profiles[account("dan")] = a_profile("Dan Ek")
    work.privately("dan", "hjälp")
    form = work.form_for("Ada", "ny person")
    assert form is not None
    work.hands_in("Ada", form, account="<@Udan>")
    assert person(work, "dan") == dan
    assert [one.person.name for one in work.journey().roster.members].count("Dan Ek") == 1
    assert "help-intro" in work.privately("dan", "hjälp").keys


def test_whoever_is_mentioned_in_the_line_is_put_in_the_group(work: Workplace):
    for who in ("dan", "eva", "fia"):
        work.profiles[account(who)] = a_profile(f"{who.capitalize()} Ek")
    work.mentions("Ada", "ny person: <@Udan>, politik\n<@Ueva> och <@Ufia>")
    assert {one.person.name for one in work.journey().roster.members} >= {"Dan Ek", "Eva Ek", "Fia Ek"}
    assert work.member("Dan Ek").roles == ("politik",)
    assert work.member("Fia Ek").roles == ("grupp",)
    assert work.member("Eva Ek").person.id == person(work, "eva")
    work.says("dan", "lära", to="1.1")
    assert work.said_on("1.1") == ["lära"]


def test_a_mention_of_nobody_the_platform_knows_puts_nobody_in_the_group(work: Workplace):
    before = work.journey().roster
    assert "account-not-found" in work.mentions("Ada", "ny person: <@Unobody>, grupp").keys
    assert work.journey().roster == before


def test_whoever_is_entered_twice_at_once_is_told_of_once(work: Workplace):
    told = work.mentions("Ada", "ny person: Dan Ek, grupp\nDan Ek, politik")
    assert [key for key, _ in told.phrases].count("person-added") == 1
    assert work.member("Dan Ek").roles == ("grupp", "politik")


def test_only_whoever_leads_gets_the_form(work: Workplace):
    assert work.form_for("Bo", "ny person") is None
    assert "only-leader" in work.mentions("Bo", "ny person").keys
    form = work.form_for("Ada", "ny person")
    assert form is not None
    assert "only-leader" in work.hands_in("Bo", form, name="Dan").keys
    assert "Dan" not in {one.person.name for one in work.journey().roster.members}


def test_a_closed_account_is_not_put_in_the_group(work: Workplace):
    form = work.form_for("Ada", "ny person")
    assert form is not None
    work.profiles[account("dan")] = a_profile("Dan Ek", active=False)
    assert "account-inactive" in work.hands_in("Ada", form, account="<@Udan>").keys
    assert "account-not-found" in work.hands_in("Ada", form, account="<@Unils>").keys


def test_a_name_means_somebody_who_is_met_here(work: Workplace):
    with work.uow() as uow:
        elsewhere = uow.people.add("Eva")
        uow.people.tie(DOOR, "another workplace", "U1", elsewhere.id)
        uow.commit()
    work.mentions("Ada", "ny person: Eva, grupp")
    assert work.member("Eva").person.id != elsewhere.id


# --- what is asked of the platform, and when ---


def test_the_speaker_and_whoever_is_picked_are_looked_up_once_a_day(work: Workplace):
    handed_in = work._incoming("Ada", Submitted("b", {"account": "<@Udan>; <@Ueva>", "name": "x"}), "kanalen")
    assert accounts_in(handed_in) == ("UAda", "Udan", "Ueva")
    said = work._incoming("Ada", Said("hej"), "kanalen")
    assert unknown(said, uow=work.looking(), now=work.clock.now()) == ("UAda",)
    work.profiles[account("Ada")] = a_profile("Ada")
    work.mentions("Ada", "läget")
    assert unknown(said, uow=work.looking(), now=work.clock.now()) == ()
    assert unknown(said, uow=work.looking(), now=work.clock.now() + timedelta(days=2)) == ("UAda",)


def test_an_account_that_changed_is_looked_up_if_anybody_knows_it(work: Workplace):
    work.profiles[account("Ada")] = a_profile("Ada")
    work.mentions("Ada", "läget")
    for who, expected in (("Ada", ("UAda",)), ("Nils", ())):
        changed = work._incoming(who, Changed(), "")
        assert unknown(changed, uow=work.looking(), now=work.clock.now()) == expected
    assert accounts_in(work._incoming("Ada", Pressed("b"), "kanalen")) == ("UAda",)


# --- guests ---


def test_a_guest_takes_part_and_leads_when_asked_to_but_begins_nothing(work: Workplace):
    work.profiles[account("gästen")] = a_profile("Gästen", guest=True)
    work.privately("gästen", "hjälp")
    work.mentions("Ada", "ny person: Gästen, grupp")
    work.says("gästen", "lära", to="1.1")
    assert work.said_on("1.1") == ["lära"]
    assert work.form_for("gästen", "starta", room="en annan kanal") is None
    assert "start-not-as-guest" in work.mentions("gästen", "starta", room="en annan kanal").keys
