"""What is one's own over all groups: the personal page, the card for whoever comes back, one's measures by date."""

from datetime import date

from bot.usecases.home import home_of, renewals
from content.pack import Pack
from dialogs.incoming import Said
from dialogs.messages import Message
from tests.conversation.talk import Talk, a_method, answer_until, begin, private
from tests.conversation.workplace import DOOR, TENANT, Workplace, account
from tests.dialogs.builders import a_register, text

OTHER = "en annan kanal"


def opens(work: Workplace, who: str) -> Message:
    """Somebody opens their page."""
    ports = work._ports()
    return home_of(DOOR, TENANT, account(who), who, uow=work.uow(), **ports)  # type: ignore[arg-type]


def stale(work: Workplace, looked: dict[tuple[str, str], str] | None = None) -> set[str]:
    ports = work._ports()
    found = renewals(DOOR, uow=work.looking(), looked=looked, **ports)  # type: ignore[arg-type]
    assert {tenant for tenant, _ in found} <= {TENANT}
    return {one.removeprefix("U") for _, one in found}


def actions(message: Message) -> list[str]:
    return [button.press.action for button in message.buttons]


def with_measures() -> Pack:
    """Return a newer version of the method, where somebody answers for each idea."""
    fields = [
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
        {"id": "dag", "kind": "date", "title": text("Dag")},
        {"id": "ansvarig", "kind": "person", "title": text("Ansvarig")},
    ]
    old = a_method()
    manifest = old.manifest.model_copy(update={"version": "2.0.0"})
    return old.model_copy(update={"manifest": manifest, "registers": {"ideer": a_register(fields=fields)}})


def test_ones_measures_are_shown_by_date_on_the_page_and_in_private(new_work: Workplace):
    with new_work.uow() as uow:
        uow.packs.put(with_measures(), "summa två", by="test", at=new_work.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Cia", "Pia", "Karl"):
        new_work.privately(who, "hjälp")
    begin(new_work)
    for title, day in (("Resa", "2026-12-01"), ("Kurs", "2026-08-01")):
        form = new_work.form("Bo", new_work.mentions("Bo", "lista idéer").button("add-record"))
        assert form is not None
        new_work.hands_in("Bo", form, namn=title, dag=day, ansvarig="Bo")
    page = opens(new_work, "Bo")
    assert page.text.index("2026-08-01") < page.text.index("2026-12-01")
    assert "own-measure-late" in new_work.privately("Bo", "mina").keys
    assert "Resa" not in opens(new_work, "Cia").text


def test_a_page_shows_where_each_group_stands_and_ones_own_next_thing(work: Workplace):
    page = opens(work, "Bo")
    assert "Steg 1 av 2" in page.text
    assert "1.1" in page.text
    assert actions(page)[:1] == ["show"]
    assert {"mine", "settings", "help"} <= set(actions(page))
    assert all(button.id for button in page.buttons)


def test_whoever_has_nothing_to_answer_sees_what_the_group_does_next(work: Workplace):
    page = opens(work, "Karl")
    assert actions(page)[0] == "status"


def test_a_coach_sees_every_group(work: Workplace):
    begin(work, room=OTHER, group="Andra gruppen")
    page = opens(work, "Karl")
    assert actions(page).count("status") == 2


def test_the_buttons_of_a_page_work_in_private(work: Workplace):
    page = opens(work, "Bo")
    told = work.presses("Bo", page.buttons[0], in_private=True)
    assert "how-text.private" in told.keys
    work.privately("Bo", "lära")
    assert work.said_on("1.1") == ["lära"]
    for button in page.buttons[1:]:
        assert work.presses("Bo", button, in_private=True).letters or work.form("Bo", button, in_private=True)


def test_a_page_shows_nobody_elses_group(work: Workplace):
    page = opens(work, "Bo")
    work.privately("Nils", "hej")
    told = work.presses("Nils", page.buttons[0], in_private=True)
    assert "old-button" in told.keys


def test_whoever_only_looks_is_nobody_the_coach_knows(work: Workplace):
    page = opens(work, "Nils")
    assert page.text
    assert page.buttons == ()
    assert work.rows("select count(*) from person where name = 'Nils'") == [(0,)]
    assert work.rows("select count(*) from home") == [(0,)]


def test_a_page_is_stale_once_it_would_show_something_else(work: Workplace):
    for who in ("Ada", "Bo", "Karl"):
        opens(work, who)
    assert stale(work) == set()
    work.says("Bo", "lära", to="1.1")
    assert "Bo" in stale(work)
    opens(work, "Bo")
    assert "Bo" not in stale(work)


def test_a_page_that_shows_the_same_is_not_stale_though_something_was_written(work: Workplace):
    opens(work, "Karl")
    work.says("Bo", "lära", to="1.1")
    opens(work, "Karl")
    work.says("Bo", "resa", to="1.1")
    looked: dict[tuple[str, str], str] = {}
    assert stale(work, looked) == set()
    assert len(looked) == 1


def test_a_new_day_and_a_new_language_make_pages_stale_where_they_show(work: Workplace):
    opens(work, "Bo")
    work.privately("Bo", "språk engelska")
    assert stale(work) == {"Bo"}
    opens(work, "Bo")
    work.clock.day = date(2026, 9, 2)
    assert stale(work) == set()


def test_a_page_that_is_made_again_keeps_its_buttons_and_leaves_none_behind(work: Workplace):
    first = opens(work, "Bo")
    kept = work.rows("select count(*) from button")
    assert [button.id for button in opens(work, "Bo").buttons] == [button.id for button in first.buttons]
    answer_until(work, "1.2")
    before = work.rows("select count(*) from button")
    page = opens(work, "Bo")
    assert work.rows("select count(*) from button") == before
    assert page.buttons[0].id != first.buttons[0].id
    assert page.buttons[-1].id == first.buttons[-1].id
    assert kept != [(0,)]


# --- in private ---


def test_whoever_comes_back_is_shown_where_the_groups_stand(work: Workplace):
    for word in ("hej", "fortsätt"):
        told = work.privately("Bo", word)
        assert {"welcome-back", "status-step", "own-next"} <= told.keys
        assert told.actions[0] == "show"


def test_whoever_is_in_no_group_is_told_how_to_begin(work: Workplace):
    assert {"no-groups-yet", "help-start.private"} <= work.privately("Nils", "hej").keys


def test_a_paused_group_goes_on_by_the_same_word_in_private(work: Workplace):
    work.mentions("Ada", "pausa")
    told = work.privately("Ada", "fortsätt")
    assert "resumed" in told.keys
    assert work.journey().state == "active"


def test_a_greeting_in_the_channel_is_answered_with_what_can_be_written(work: Workplace):
    assert "help-intro" in work.mentions("Bo", "hej").keys
    assert work.said_on("1.1") == []


def test_whoever_only_calls_the_coach_is_told_what_can_be_written(work: Workplace):
    assert "help-intro" in work.mentions("Bo", "").keys
    assert "help-intro" in work.commands("Bo", "").keys
    assert "welcome-back" in work._take("Bo", Said("", ""), private("Bo"), is_private=True, aside=True).keys


def test_in_the_terminal_a_greeting_in_the_channel_is_words_as_before(talk: Talk):
    assert "help-intro" not in talk.says("Bo", "hej").keys


def test_my_questions_are_shown_over_all_groups_with_the_one_next(work: Workplace):
    begin(work, room=OTHER, group="Andra gruppen")
    told = work.privately("Bo", "mina")
    [letter] = told.letters
    assert letter.message.text.count("1.1 ") == 4
    assert told.actions == ["show", "show", "settings", "help"]
    shown = work.presses("Bo", told.buttons[0], in_private=True)
    assert "how-text.private" in shown.keys


def test_my_questions_are_told_before_me_alone_wherever_i_ask(work: Workplace):
    assert [letter.room.external for letter in work.mentions("Bo", "mina frågor").letters] == ["privat:bo"]
    assert [letter.aside for letter in work.commands("Bo", "mina frågor").letters] == [True]


def test_settings_say_what_was_chosen_and_what_is_kept(work: Workplace):
    told = work.privately("Bo", "inställningar")
    assert {"settings-heading", "privacy-stored"} <= told.keys
    form = work.form("Bo", told.button("settings"), in_private=True)
    assert form is not None
    work.hands_in("Bo", form, in_private=True, language="engelska", zone="")
    assert ("help-intro", "en") in work.privately("Bo", "help").phrases


def test_practising_begins_in_private_where_no_private_room_is_known(work: Workplace):
    told = work.mentions("Dan", "provkör", room=OTHER)
    assert "practice-waits-privately" in told.keys
    assert {letter.room.external for letter in told.letters} == {OTHER}
    told = work.privately("Dan", "provkör")
    assert "practice-mark" in told.keys
