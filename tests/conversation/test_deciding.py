"""The group decides in the conversation: settling, skipping, going on, reopening, steps, pauses, several journeys."""

import pytest

from dialogs.flows.position import number_of
from tests.conversation.talk import Talk
from tests.conversation.test_rounds import a_round


def test_whoever_leads_settles_what_members_said(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    talk.says("Cia", "resa", to="1.1")
    talk.says("Ada", "fastställ")
    assert talk.item("1.1").value == "- lära\n- resa"
    assert talk.put() == ["1.2"]


def test_the_leader_is_offered_what_to_do_with_a_contribution(talk: Talk):
    told = talk.says("Ada", "lära", to="1.1")
    assert {"settle", "draft", "round"} <= set(told.actions)
    assert not {"settle", "draft", "round"} & set(talk.says("Bo", "resa", to="1.1").actions)


def test_a_draft_is_written_and_settled_by_a_button(talk: Talk):
    told = talk.says("Ada", "utkast 1.1: vi lär och reser")
    assert talk.item("1.1").status == "draft"
    talk.presses("Ada", told.button("settle"))
    assert talk.item("1.1").value == "vi lär och reser"


@pytest.mark.parametrize(
    "line", ["fastställ 1.1: mitt", "utkast 1.1: mitt", "samtycke 1.1: mitt", "nästa", "pausa", "klart"]
)
def test_members_do_not_decide_for_the_group(talk: Talk, line):
    before = talk.journey()
    assert "only-leader" in talk.says("Bo", line).keys
    assert talk.journey().items == before.items


def test_the_leader_changes_how_many_questions_are_open_at_a_time(talk: Talk):
    assert "only-leader" in talk.says("Bo", "frågor åt gången: 1").keys
    assert "at-once-how" in talk.says("Ada", "frågor åt gången: många").keys

    talk.says("Ada", "frågor åt gången: 1")

    assert "too-many-open" in talk.says("Ada", "nästa").keys
    assert talk.journey().at_once == 1


def test_going_on_puts_three_questions_and_no_more(talk: Talk):
    for _ in range(2):
        talk.says("Ada", "nästa")
    assert talk.put() == ["1.1", "1.2", "1.3"]
    assert "too-many-open" in talk.says("Ada", "nästa").keys
    assert talk.put() == ["1.1", "1.2", "1.3"]


def test_a_skip_is_given_with_a_reason_or_asked_for_one(talk: Talk):
    talk.says("Ada", "hoppa över 1.1")
    assert talk.item("1.1").status == "open"
    talk.says("Ada", "det gäller inte oss")
    skip = talk.item("1.1").skipped
    assert skip is not None
    assert skip.reason == "det gäller inte oss"


def test_an_answer_is_changed_by_its_number_with_a_reason(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    talk.says("Ada", "ändra 1.1: två, skäl: vi tänkte om")
    answer = talk.item("1.1").answer
    assert answer is not None
    assert (answer.value, answer.revision, answer.why) == ("två", 2, "vi tänkte om")


def test_the_history_tells_every_revision(talk: Talk):
    talk.says("Ada", "fastställ 1.1: första versionen")
    talk.says("Ada", "ändra 1.1: andra versionen, skäl: vi tänkte om")
    told = talk.says("Bo", "historik 1.1").text
    assert "första versionen" in told
    assert "andra versionen" in told
    assert "vi tänkte om" in told


def test_an_answer_is_opened_again_with_a_reason(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    talk.says("Ada", "öppna igen 1.1: nya uppgifter")
    assert talk.item("1.1").reopened == "nya uppgifter"
    assert talk.put() == ["1.1"]


def test_back_shows_the_question_before(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    told = talk.says("Bo", "tillbaka")
    assert [letter.address.question for letter in told.letters if letter.address] == ["vision"]


def test_what_others_said_is_seen_by_the_members(talk: Talk):
    talk.says("Bo", "vi vill lära", to="1.1")
    assert "vi vill lära" in talk.says("Cia", "visa svar 1.1").text


# --- steps and pauses ---


def test_a_step_is_left_with_questions_open_and_they_are_remembered(talk: Talk):
    talk.says("Ada", "klart")
    assert talk.put() == ["2.1"]
    assert len(talk.journey().signed["ett"].left) == 11


def test_a_step_is_opened_again(talk: Talk):
    talk.says("Ada", "klart")
    talk.says("Ada", "öppna steg 1: vi glömde något")
    assert talk.put() == ["1.1"]


def test_a_pause_keeps_everything_and_nothing_is_put(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    talk.says("Ada", "pausa")
    assert talk.put() == []
    assert "journey-is-paused" in talk.says("Ada", "fastställ 1.1").keys
    talk.says("Cia", "resa", to="1.1")
    talk.says("Ada", "fortsätt")
    assert (talk.put(), talk.said_on("1.1")) == (["1.1"], ["lära", "resa"])


@pytest.mark.parametrize(
    "line",
    [
        "läget",
        "status",
        "stegen",
        "steg 1",
        "steg två",
        "spår",
        "personer",
        "enheter",
        "nämnder",
        "frågor",
        "varför 1.1",
        "exempel 1.1",
        "fråga 1.2",
        "visa svar 1.1",
        "historik 1.1",
        "lista",
        "lista idéer",
        "mina frågor",
        "integritet",
        "rundtur",
        "hjälp",
        "tillbaka",
        "mitt utkast",
        "avbryt",
    ],
)
def test_looking_changes_nothing(talk: Talk, line):
    talk.says("Bo", "lära", to="1.1")
    before = talk.journey()
    assert talk.says("Bo", line).letters
    assert talk.journey() == before


def test_the_status_tells_who_is_waited_for(talk: Talk):
    talk.says("Bo", "lära", to="1.1")
    told = talk.says("Karl", "läget").text
    assert "Cia" in told
    assert "1.1" in told


def agreed(talk: Talk, journey: str, number: str) -> list[str]:
    """Return who has agreed in the round about the question of that number."""
    kept, pack = talk.journey(journey), talk.pack
    [item] = [one for address, one in kept.items.items() if number_of(pack, kept, address) == number]
    assert item.round is not None
    return [kept.roster.name(one.by) for one in item.round.voices]


# --- two journeys ---


def two(talk: Talk) -> tuple[str, str]:
    """Let the same people begin another journey in the same room; return both ids."""
    for line in ("starta", "-", "Andra gruppen", "-", "-"):
        talk.says("Ada", line)
    with talk.uow() as uow:
        ids = {one.group_name: one.id for one in uow.journeys.all()}
    second = ids.pop("Andra gruppen")
    return ids.popitem()[1], second


def test_in_a_room_with_two_journeys_one_is_asked_which(talk: Talk):
    two(talk)
    told = talk.says("Ada", "läget")
    assert told.actions == ["choose-journey", "choose-journey"]


def test_a_command_is_run_for_the_one_that_is_chosen(talk: Talk):
    first, second = two(talk)
    told = talk.says("Ada", "nästa")
    talk.presses("Ada", told.button("choose-journey", second))
    assert not talk.journey(first).page("ett").waiting
    assert talk.journey(second).page("ett").waiting


def test_words_are_kept_until_it_is_known_which_journey_they_are_for(talk: Talk):
    _, second = two(talk)
    told = talk.says("Ada", "ett svar")
    assert talk.draft("Ada") == "ett svar"
    chosen = talk.presses("Ada", told.button("choose-journey", second))
    talk.presses("Ada", chosen.button("kept-answer"))
    [item] = [one for one in talk.journey(second).items.values() if one.contributions]
    assert [one.value for one in item.contributions] == ["ett svar"]


def test_a_thread_belongs_to_its_journey(talk: Talk):
    first_thread = talk.posted["1.1"]
    first, second = two(talk)
    talk.says("Ada", "till den andra", to="1.1")
    talk.posted["1.1"] = first_thread
    talk.says("Ada", "till den första", to="1.1")
    said = {
        id: [one.value for item in talk.journey(id).items.values() for one in item.contributions]
        for id in (first, second)
    }
    assert said == {first: ["till den första"], second: ["till den andra"]}


def test_a_voice_without_a_number_goes_to_the_one_round_that_is_open_wherever_it_is(talk: Talk):
    a_round(talk)
    talk.says("Ada", "nästa")
    first, _ = two(talk)

    told = talk.says("Bo", "jag samtycker")
    talk.says("Cia", "jag samtycker", to="1.5.1")
    talk.privately("Pia", "i agree")

    assert "receipt-voiced" in told.keys
    assert agreed(talk, first, "1.4") == ["Bo", "Cia", "Pia"]


def test_where_several_rounds_are_open_they_are_told_and_one_is_meant_by_its_thread_or_number(talk: Talk):
    a_round(talk)
    talk.says("Ada", "nästa")
    talk.says("Ada", "samtycke 1.1: vi lär")
    first = talk.journey().id

    told = talk.says("Bo", "Invänder: för dyrt")

    assert {"which-round", "name-the-round", "kept-as-draft"} <= told.keys
    assert all(one in told.text for one in ("1.1 ", "1.4 ", "invänder 1.1"))
    assert talk.draft("Bo") == "Invänder: för dyrt"
    talk.says("Bo", "jag samtycker", to="1.4")
    talk.says("Cia", "jag samtycker 1.1")
    assert (agreed(talk, first, "1.4"), agreed(talk, first, "1.1")) == (["Bo"], ["Cia"])


# --- language ---


def test_everybody_is_spoken_to_in_their_language_and_the_channel_in_its(talk: Talk):
    talk.privately("Bo", "språk engelska")
    told = talk.says("Bo", "to learn", to="1.1")
    assert {("receipt-contributed", "sv"), ("progress", "sv")} <= set(told.phrases)
    told = talk.privately("Bo", "change 1.1: to learn more")
    assert ("progress", "sv") in told.phrases
    assert {language for key, language in told.phrases if key.startswith("receipt")} == {"en"}


def test_whoever_does_not_lead_is_told_that_the_channel_keeps_its_language(talk: Talk):
    assert {"language-is-now", "channel-language-stays"} <= talk.says("Bo", "språk engelska").keys
    assert talk.journey().language == "sv"
    assert "channel-language-stays" not in talk.says("Bo", "språk svenska").keys


def test_whoever_leads_changes_the_channels_language(talk: Talk):
    talk.says("Ada", "språk engelska")
    assert talk.journey().language == "en"
    talk.says("Bo", "språk svenska")
    assert talk.journey().language == "en"


def test_commands_are_understood_in_both_languages(talk: Talk):
    talk.says("Ada", "settle 1.1: to learn")
    talk.says("Ada", "hoppa över 1.2: inte nu")
    talk.says("Ada", "skip 1.3: not now")
    assert [talk.item(one).status for one in ("1.1", "1.2", "1.3")] == ["settled", "skipped", "skipped"]


def test_a_language_that_is_not_spoken_is_told(talk: Talk):
    assert "language-unknown" in talk.says("Ada", "språk tyska").keys
    assert talk.journey().language == "sv"


def test_an_answer_that_begins_with_a_command_word_is_an_answer(talk: Talk):
    for number, said in enumerate(
        (
            "Språk är viktigt för oss",
            "Visa upp våra projekt",
            "Kod och teknik behövs",
            "Markera vår plats i Europa: nu",
        )
    ):
        talk.says("Bo", said, to="1.1")
        assert len(talk.said_on("1.1")) == number + 1, said
