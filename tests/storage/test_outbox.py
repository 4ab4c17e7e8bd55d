"""Letters are handed out once, in order, to one messenger; and what they became on the platform is remembered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone
from random import Random  # noqa: TID251 - drawn by a seed

import pytest
from sqlalchemy import insert, select, text

from dialogs.incoming import Profile
from dialogs.letters import Aside, ToPerson, ToRoom
from dialogs.messages import Bullets, Button, Fold, Mention, Message, Paragraph, Press, Quote, Words
from dialogs.ports import ClaimedLetter, Spot, Unsent
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import NOW, VISION, a_world, incoming, later, letter, message

MINUTE = timedelta(seconds=60)


@pytest.fixture
def world(uow):
    return a_world(uow)


def post(uow, *letters):
    with uow:
        uow.outbox.post(letters, NOW)
        uow.commit()


def claim(uow, now=NOW, **more) -> list[ClaimedLetter]:
    with uow:
        claimed = uow.outbox.claim("terminal", now, **more)
        uow.commit()
    return list(claimed)


def send(uow, claimed, platform_message="m1") -> bool:
    with uow:
        was_ours = uow.outbox.sent(claimed, platform_message, NOW)
        uow.commit()
    return was_ours


def question(key: str, **more):
    return letter(key, "j1", how="question", address=VISION, **more)


def edit(key: str, **more):
    return letter(key, "j1", how="edit", address=VISION, **more)


def states(engine):
    outbox = table(OutboxRow)
    with engine.connect() as connection:
        return dict(connection.execute(select(outbox.c.key, outbox.c.state)).all())


def test_it_is_known_which_letters_were_posted(uow, world):
    post(uow, letter("one", "j1"), letter("two", "j1"))

    with uow:
        assert uow.outbox.posted(["two", "three"]) == {"two"}
        assert not uow.outbox.posted([])


def test_a_letter_comes_out_as_it_went_in(uow, world):
    post(uow, letter("k1", "j1", address=VISION))

    [claimed] = claim(uow)

    assert claimed == ClaimedLetter(
        claimed.id,
        1,
        "k1",
        world.room,
        "",
        message("hej"),
        "note",
        "j1",
        VISION,
        "",
        at=NOW,
        until=NOW + MINUTE,
    )


def test_the_same_key_is_never_said_twice(uow, world, engine):
    post(uow, letter("k1", "j1"))
    post(uow, letter("k1", "j1", text="en gång till"), letter("k2", "j1"))

    assert [one.key for one in claim(uow)] == ["k1", "k2"]
    assert [one.message.text for one in claim(uow, later(61))] == ["hej", "hej"]


def test_a_letter_is_held_by_one_until_its_claim_runs_out(uow, other, world):
    post(uow, letter("k1", "j1"))
    [first] = claim(uow)

    assert claim(other, later(59)) == []
    [second] = claim(other, later(60))

    assert second == replace(first, epoch=2, until=later(120), unsure_since=NOW)
    assert not send(uow, first)
    assert send(other, second)
    assert claim(uow, later(200)) == []


def test_a_late_holder_cannot_put_a_letter_back(uow, other, world, engine):
    post(uow, letter("k1", "j1"))
    [first] = claim(uow)
    [second] = claim(other, later(60))
    with uow:
        uow.outbox.not_sent(first, "dead", "gave up")
        uow.commit()

    assert send(other, second)
    assert states(engine) == {"k1": "sent"}


@pytest.mark.parametrize(
    ("state", "again"), [("new", True), ("ambiguous", False), ("dead", False), ("skipped", False)]
)
def test_what_was_not_sent_is_tried_again_only_when_it_is_new(uow, world, engine, state, again):
    post(uow, letter("k1", "j1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.not_sent(claimed, state, "because")
        uow.commit()

    assert states(engine) == {"k1": state}
    assert bool(claim(uow, later(1))) == again


def test_two_workers_at_once_never_get_the_same_letter(uow, other, engine):
    for number in range(4):
        a_world(uow, channel=f"C{number}", id=f"j{number}")
    post(uow, *(letter(f"{journey}:{number}", f"j{journey}") for number in range(3) for journey in range(4)))
    if engine.dialect.name == "sqlite":
        first, second = claim(uow, most=2), claim(other, most=50)
    else:
        with uow, other:  # both look before either has committed
            first = uow.outbox.claim("terminal", NOW, most=2)
            second = other.outbox.claim("terminal", NOW, most=50)
            uow.commit()
            other.commit()

    assert first
    assert second
    assert not {one.key for one in first} & {one.key for one in second}
    assert not {one.room.id for one in first} & {one.room.id for one in second}


def test_messengers_side_by_side_send_everything_once_and_in_order(uow, engine):
    for number in range(4):
        a_world(uow, channel=f"C{number}", id=f"j{number}")
    post(uow, *(letter(f"{number}", f"j{number % 4}") for number in range(400)))
    sent = []

    def work(worker):
        own = SqlUnitOfWork(engine)
        for _ in range(5000):
            if len(sent) == 400:
                break
            for claimed in claim(own, most=3):
                sent.append((claimed.room.id, int(claimed.key)))
                assert send(own, claimed, claimed.key)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(work, range(3)))

    assert sorted(number for _, number in sent) == list(range(400))
    for room in {room for room, _ in sent}:
        numbers = [number for where, number in sent if where == room]
        assert numbers == sorted(numbers)


def test_a_room_hears_everything_in_order(uow, other, world):
    post(uow, *(letter(f"k{number}", "j1") for number in range(5)))

    first = claim(uow, most=2)

    assert [one.key for one in first] == ["k0", "k1"]
    assert claim(other) == []  # the room is in the first messenger's hands
    for one in first:
        send(uow, one)
    assert [one.key for one in claim(other)] == ["k2", "k3", "k4"]


def test_one_rooms_trouble_does_not_delay_another(uow, world):
    a_world(uow, channel="C2", id="j2")
    post(uow, *(letter(f"bad{number}", "j1") for number in range(5)))
    for claimed in claim(uow, most=2):
        with uow:
            uow.outbox.not_sent(claimed, "new", "channel is gone")
            uow.commit()
    post(uow, letter("good", "j2"))

    assert "good" in {one.key for one in claim(uow, later(1), most=2)}


def test_another_doors_letters_are_left_alone(uow, world):
    with uow:
        elsewhere = uow.rooms.find("slack", "T1", "C1", private=False)
        uow.outbox.post([letter("k1", to=ToRoom(room=elsewhere.id)), letter("k2", "j1")], NOW)
        uow.commit()

    assert [one.key for one in claim(uow)] == ["k2"]


def test_a_letter_to_somebody_waits_until_there_is_a_private_room(uow, world):
    post(uow, letter("k1", to=ToPerson(world.bo.id)))
    assert claim(uow) == []

    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.outbox.post([letter("k2", "j1", to=ToPerson(world.bo.id))], NOW)
        uow.commit()

    assert [(one.key, one.room, one.person) for one in claim(uow)] == [
        ("k1", private, world.bo.id),
        ("k2", private, world.bo.id),
    ]


def test_waiting_edits_of_one_question_collapse_into_the_last(uow, world, engine):
    post(uow, question("q"))
    [asked] = claim(uow)
    send(uow, asked, "m7")
    post(uow, edit("e1", text="ett"), edit("e2", text="två"))
    post(uow, edit("e3", text="tre"))
    post(uow, edit("e2", text="två igen"))

    [claimed] = claim(uow)

    assert (claimed.key, claimed.message.text, claimed.edits) == ("e3", "tre", "m7")
    assert states(engine) == {"q": "sent", "e1": "skipped", "e2": "skipped", "e3": "claimed"}


def test_a_turn_finds_the_edits_that_wait_for_its_room(uow, world, engine):
    def turn(number, *letters):
        with uow:
            assert uow.inbox.store_done(incoming("ja", f"t{number}")) is not None
            uow.outbox.post(letters[:1], NOW)
            uow.outbox.post(letters[1:], NOW)
            uow.commit()

    with uow:
        uow.people.tie("terminal", "", "anna", world.anna.id)
        uow.commit()
    post(uow, question("q"))
    send(uow, claim(uow)[0], "m7")
    turn(1, edit("e1"))
    turn(2, edit("e2"), edit("e3"))
    turn(3, edit("e4"))
    send(uow, claim(uow)[0])
    turn(4, edit("e5"), edit("e6"))
    turn(5, letter("n1", "j1"), edit("e7"), edit("e8"))

    assert states(engine) == {
        "q": "sent", "e1": "skipped", "e2": "skipped", "e3": "skipped", "e4": "sent", "e5": "skipped",
        "e6": "skipped", "n1": "new", "e7": "skipped", "e8": "new",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_as_many_letters_as_there_are_come_in_their_order(uow, world, count):
    button = Button("Ja", Press("settle", VISION))
    letters = [letter(f"k{number}", "j1", text=f"{number}") for number in range(count)]
    letters = [replace(one, message=replace(one.message, buttons=(button,))) for one in letters]
    post(uow, *letters)
    post(uow, *letters)  # once more: it is there already

    found = claim(uow)
    assert [(one.key, one.message.text) for one in found] == [(f"k{n}", f"{n}") for n in range(count)]
    with uow:
        meant = [uow.buttons.get(one.message.buttons[0].id) for one in found]
    assert [one.press for one in meant] == [button.press] * count


def test_an_edit_that_is_under_way_is_followed_by_the_next(uow, world):
    post(uow, question("q"))
    send(uow, claim(uow)[0], "m7")
    post(uow, edit("e1"))
    [first] = claim(uow)
    post(uow, edit("e2"))
    send(uow, first)

    assert [one.key for one in claim(uow)] == ["e2"]


def test_an_edit_without_a_message_becomes_nothing(uow, world, engine):
    post(uow, edit("e1"), letter("k1", "j1"))

    assert [one.key for one in claim(uow)] == ["k1"]
    assert states(engine)["e1"] == "skipped"


def test_what_belongs_to_a_question_waits_for_it(uow, world):
    post(uow, question("q"), edit("e1"), letter("t1", "j1", how="thread", address=VISION), letter("k1", "j1"))

    [asked] = claim(uow)
    assert asked.key == "q"
    send(uow, asked, "m7")

    assert [(one.key, one.edits) for one in claim(uow)] == [("e1", "m7"), ("t1", "m7"), ("k1", "")]


def test_a_thread_without_a_question_stands_alone(uow, world):
    post(uow, letter("t1", "j1", how="thread", address=VISION))

    assert [(one.key, one.edits) for one in claim(uow)] == [("t1", "")]


def test_a_sent_question_is_found_by_its_message(uow, world):
    post(uow, question("q1"), letter("n1", "j1", address=VISION), letter("n2", "j1"))
    for number, claimed in enumerate(claim(uow)):
        send(uow, claimed, f"m{number}")

    with uow:
        assert uow.outbox.question_message("j1", VISION) == "m0"
        assert uow.outbox.spot(world.room.id, "m0") == Spot("j1", VISION)
        assert uow.outbox.spot(world.room.id, "m1") == Spot("j1", VISION)
        assert uow.outbox.spot(world.room.id, "m2") is None
        assert uow.outbox.question_message("j1", replace_subject()) is None


def replace_subject():
    return VISION._replace(subject="unit:1")


def test_the_channels_message_is_the_questions_own(uow, world):
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.commit()
    post(uow, question("q1"), question("q2", to=ToRoom(room=private.id)))
    for claimed in claim(uow):
        send(uow, claimed, f"of {claimed.key}")

    with uow:
        assert uow.outbox.question_message("j1", VISION) == "of q1"
        assert uow.outbox.spot(private.id, "of q2") == Spot("j1", VISION)


def test_a_spot_is_remembered(uow, world):
    spot = Spot("j1", VISION, "c1", world.anna.id)
    with uow:
        uow.outbox.remember_spot(world.room.id, "m1", Spot("j1", None))
        uow.outbox.remember_spot(world.room.id, "m1", spot)

        assert uow.outbox.spot(world.room.id, "m1") == spot


def test_each_button_gets_an_id_of_its_own(uow, world):
    settle, skip = Press("settle", VISION), Press("skip", VISION, "x")
    said = replace(message("hej"), buttons=(Button("Fastställ", settle), Button("Hoppa över", skip)))
    post(uow, replace(letter("k1", "j1"), message=said))

    [claimed] = claim(uow)

    ids = [button.id for button in claimed.message.buttons]
    assert [button.press for button in claimed.message.buttons] == [settle, skip]
    with uow:
        pressed = [uow.buttons.get(id) for id in ids]
        assert [(one.id, one.press, one.journey, one.room) for one in pressed] == [
            (ids[0], settle, "j1", world.room.id),
            (ids[1], skip, "j1", world.room.id),
        ]
        assert [uow.buttons.get(id) for id in ("none", f"{ids[0]}9", ids[0].replace(".", ""))] == [None] * 3
        single = uow.buttons.put(Press("status"), journey="", room="", at=NOW)
        assert uow.buttons.get(single).press == Press("status")


def test_words_are_wiped_once_they_are_sent(uow, world, engine):
    outbox = table(OutboxRow)
    post(uow, letter("k1", "j1", text="kod"), letter("k2", "j1"))
    [first, *_] = claim(uow)
    send(uow, first)

    with engine.connect() as connection:
        kept = dict(connection.execute(select(outbox.c.key, outbox.c.message)).all())
    assert kept["k1"] is None
    assert kept["k2"] is not None


def test_a_practice_journeys_letters_go_with_it(uow, engine):
    a_world(uow, practice=True)
    post(uow, question("q"))
    [claimed] = claim(uow)
    with uow:
        uow.journeys.remove("j1")
        uow.commit()

    assert not send(uow, claimed)
    assert states(engine) == {}


def not_sent(uow, claimed, state, why="because", **more):
    with uow:
        uow.outbox.not_sent(claimed, state, why, **more)
        uow.commit()


def test_a_letter_that_has_to_wait_holds_up_its_own_room_and_no_other(uow, world):
    a_world(uow, channel="C2", id="j2")
    post(uow, letter("a1", "j1"), letter("b1", "j2"), letter("a2", "j1"), letter("b2", "j2"))
    first, other, *_ = claim(uow, most=2)
    not_sent(uow, first, "new", not_before=later(30))
    send(uow, other)

    assert [one.key for one in claim(uow, later(29))] == ["b2"]
    assert [one.key for one in claim(uow, later(30))] == ["a1", "a2"]


def test_a_letter_in_doubt_says_since_when(uow, world):
    post(uow, letter("k1", "j1"))
    [fresh] = claim(uow)
    [left] = claim(uow, later(60))
    not_sent(uow, left, "ambiguous", not_before=later(70))
    assert claim(uow, later(69)) == []
    [asked] = claim(uow, later(70))
    not_sent(uow, asked, "new", not_before=later(71))  # it surely isn't there
    [again] = claim(uow, later(71))

    assert [one.unsure_since for one in (fresh, left, asked, again)] == [None, NOW, NOW, None]


def test_who_claims_a_letter_in_doubt_may_have_sent_it_once_more(uow, world):
    post(uow, letter("k1", "j1"))
    claim(uow)
    claim(uow, later(60))

    assert [one.unsure_since for one in claim(uow, later(120))] == [later(60)]


def test_what_a_dead_process_held_is_in_doubt(uow, world):
    post(uow, letter("k1", "j1"))
    claim(uow)
    with uow:
        assert uow.outbox.take_back("terminal") == 1
        uow.commit()

    assert [one.unsure_since for one in claim(uow, later(1))] == [NOW]


def test_one_of_each_room_and_none_of_some(uow, world):
    a_world(uow, channel="C2", id="j2")
    third = a_world(uow, channel="C3", id="j3")
    post(
        uow, *(letter(f"{journey}{number}", journey) for number in range(3) for journey in ("j1", "j2", "j3"))
    )

    assert [one.key for one in claim(uow, each=1, but_not=[third.room.id])] == ["j10", "j20"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.e2e
def test_the_first_of_each_room_is_the_same_however_many_are_asked_for(uow, seed):
    """Whoever asks for one of each room gets what stands first there for whoever asks for all that there is."""
    chance = Random(seed)
    rooms = [a_world(uow, channel=f"C{number}", id=f"j{number}").room.id for number in range(6)]
    hows = ("note", "note", "question", "edit", "thread")
    for number in range(30):
        about = {"address": VISION, "how": how} if (how := chance.choice(hows)) != "note" else {}
        post(uow, letter(f"k{number}", f"j{chance.randrange(6)}", **about))
        if chance.random() < 0.5:
            for one in claim(uow, later(number), most=chance.randrange(1, 4), each=1):
                act = chance.choice(("keep", "send", "send", "wait"))
                if act == "send":
                    send(uow, one, f"m{one.id}")
                elif act == "wait":
                    not_sent(uow, one, "new", not_before=later(chance.randrange(60)))
        if chance.random() < 0.1:
            with uow:
                uow.rooms.set_state(chance.choice(rooms), chance.choice(("", "archived")))
                uow.commit()
    without = chance.sample(rooms, 1)

    def asked(each):
        with uow:  # never committed, so that both find the same
            found = uow.outbox.claim("terminal", later(60), most=20, each=each, but_not=without)
            # What hid behind an edit that became nothing comes the next time.
            more = uow.outbox.claim("terminal", later(60), most=20, each=each, but_not=without)
        return sorted((*found, *more), key=lambda one: one.id)

    firsts: dict[str, ClaimedLetter] = {}
    for one in asked(20):
        firsts.setdefault(one.room.id, one)
    assert {one.room.id: one for one in asked(1)} == firsts


def test_of_several_that_are_called_sent_only_those_are_that_are_still_held(uow, other, world, engine):
    a_world(uow, channel="C2", id="j2")
    post(uow, question("q1"), letter("k2", "j2"))
    late, ours = claim(uow)
    claim(other, later(60), but_not=[ours.room.id])

    with uow:
        assert uow.outbox.all_sent([(late, "m1", NOW), (ours, "m2", NOW)]) == 1
        uow.commit()

    assert states(engine) == {"q1": "claimed", "k2": "sent"}
    with uow:
        assert uow.outbox.spot(world.room.id, "m1") is None


def test_letters_to_a_closed_room_wait_until_it_is_open(uow, world):
    other = a_world(uow, channel="C2", id="j2")
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.rooms.set_state(world.room.id, "archived")
        uow.rooms.set_state(private.id, "removed")
        uow.commit()
    post(uow, *(letter(f"k{number}", "j1") for number in range(3)))
    post(uow, letter("other", "j2"), letter("own", to=ToPerson(world.bo.id)))

    assert [one.key for one in claim(uow, most=2)] == ["other", "own"]
    with uow:
        uow.rooms.set_state(world.room.id, "")
        uow.commit()
    assert [one.room for one in claim(uow, most=2)] == [world.room, world.room]
    assert other.room != world.room


def test_an_edit_that_becomes_nothing_doesnt_hide_what_follows(uow, world):
    post(uow, edit("e1"), letter("k1", "j1"))

    assert [one.key for one in claim(uow, each=1)] == ["k1"]


def test_a_letter_stands_in_the_thread_that_it_was_posted_to(uow, world):
    room = world.room.id
    post(uow, letter("k1", to=ToRoom(room=room, thread="17.1")), letter("k2", to=ToRoom(room=room)))

    assert [(one.thread, one.aside) for one in claim(uow)] == [("17.1", False), ("", False)]


def test_an_aside_is_for_one_person_in_the_room(uow, world):
    with uow:
        uow.people.tie("terminal", "", "bo", world.bo.id)
        uow.commit()
    post(uow, letter("k1", to=Aside(world.room.id, world.bo.id, "17.1"), address=VISION, journey="j1"))

    [claimed] = claim(uow)

    assert (claimed.room, claimed.person, claimed.aside) == (world.room, world.bo.id, True)
    assert (claimed.how, claimed.thread, claimed.accounts) == ("note", "17.1", {world.bo.id: "bo"})
    assert send(uow, claimed, "m1")
    with uow:
        assert uow.outbox.spot(world.room.id, "m1") is None


def test_in_a_private_chat_an_aside_is_a_note(uow, world):
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.commit()
    post(uow, letter("k1", to=Aside(private.id, world.bo.id)), letter("k2", to=ToPerson(world.bo.id)))

    assert [(one.room, one.person, one.aside) for one in claim(uow)] == [(private, world.bo.id, False)] * 2


def test_a_letter_brings_the_accounts_of_everybody_whom_it_names(uow, world):
    with uow:
        people = [uow.people.add(name) for name in ("Cia", "Dag", "Eva", "Fia", "Gun")]
        cia, dag, eva, fia, gun = people
        for person, account in zip(people, ("c", "d", "e", "f", "g"), strict=True):
            uow.people.tie("terminal", "", account, person.id)
        uow.people.tie("terminal", "T2", "a", cia.id)  # somewhere else
        uow.people.tie("slack", "", "a", cia.id)
        uow.people.tie("terminal", "", "d0", dag.id)  # comes first, but its owner can't read there any more
        uow.people.note_profile("terminal", "", "d0", Profile("Dag", active=False), NOW)
        uow.commit()
    mention = {person.id: Mention(person.id, person.name) for person in [*people, world.anna]}
    blocks = (
        Paragraph((Words("Hej "), mention[cia.id])),
        Bullets(((Words("x"),), (mention[dag.id],))),
        Quote((mention[world.anna.id],)),
        Fold("Mer", (Quote((mention[eva.id],)), Bullets(((mention[fia.id],),)))),
    )
    post(uow, replace(letter("k1", "j1"), message=Message("hej", blocks)), letter("k2", "j1"))

    first, second = claim(uow)

    assert first.accounts == {cia.id: "c", dag.id: "d", eva.id: "e", fia.id: "f"}
    assert second.accounts == {}
    assert gun.id not in first.accounts


def test_letters_that_are_posted_together_keep_the_same_instant(uow, world, engine):
    with uow:
        uow.outbox.post(
            [letter("k1", "j1"), letter("k2", "j1")], NOW.astimezone(timezone(timedelta(hours=2)))
        )
        uow.commit()
    with engine.connect() as connection:
        assert len(set(connection.execute(text("SELECT at FROM outbox")).scalars())) == 1


def test_whoever_has_letters_and_no_room_is_known_by_an_account(uow, world):
    with uow:
        cia, dag = uow.people.add("Cia"), uow.people.add("Dag")
        uow.people.tie("terminal", "T1", "b1", world.bo.id)
        uow.people.tie("terminal", "T2", "b2", world.bo.id)
        uow.people.tie("slack", "T1", "b3", world.bo.id)
        uow.people.tie("terminal", "T1", "c1", cia.id)
        uow.people.tie("terminal", "T1", "d1", dag.id)
        uow.people.note_profile("terminal", "T1", "d1", Profile("Dag", active=False), NOW)
        uow.commit()
    post(uow, *(letter(f"k{number}", to=ToPerson(world.bo.id)) for number in range(2)))
    post(uow, letter("k3", to=ToPerson(dag.id)), letter("k4", to=ToPerson(world.anna.id)))

    with uow:
        [found] = uow.outbox.nowhere("terminal")
        [elsewhere] = uow.outbox.nowhere("slack")
        assert (found.person, found.tenant, found.account) == (world.bo.id, "T1", "b1")
        assert (elsewhere.person, elsewhere.account) == (world.bo.id, "b3")
        private = uow.rooms.find("terminal", "T1", "D1", private=True)
        uow.outbox.house(world.bo.id, private.id)
        assert uow.outbox.nowhere("terminal") == []
        uow.commit()
    assert [one.key for one in claim(uow)] == ["k0", "k1"]


def test_what_isnt_sent_can_be_listed_tried_again_and_dropped(uow, world, engine):
    post(uow, *(letter(f"k{number}", "j1") for number in range(5)))
    claimed = claim(uow)
    send(uow, claimed[0])
    not_sent(uow, claimed[1], "dead", "invalid_blocks")
    not_sent(uow, claimed[2], "ambiguous", "reset")
    not_sent(uow, claimed[3], "dead", "too long")
    not_sent(uow, claimed[4], "new", "busy", not_before=later(60))
    with uow:
        assert uow.outbox.counts() == {"sent": 1, "dead": 2, "ambiguous": 1, "new": 1}
        [dead, _] = uow.outbox.unsent("dead")
        [ambiguous] = uow.outbox.unsent("ambiguous")
        assert dead == Unsent(
            claimed[1].id, "dead", "terminal", "C1", "j1", "note", NOW, 1, False, "invalid_blocks"
        )
        assert (ambiguous.unsure, ambiguous.why) == (True, "reset")
        assert [uow.outbox.retry(one.id) for one in claimed] == [False, True, True, True, False]
        assert not uow.outbox.drop(claimed[0].id)
        uow.commit()

    [again, asked, third, *_] = claim(uow, later(60))
    assert [one.key for one in (again, asked, third)] == ["k1", "k2", "k3"]
    assert [one.unsure_since for one in (again, asked, third)] == [None, NOW, None]
    not_sent(uow, third, "dead", "too long")
    with uow:
        assert uow.outbox.drop(third.id)
        uow.commit()
    assert states(engine)["k3"] == "skipped"
    with engine.connect() as connection:
        outbox = table(OutboxRow)
        assert connection.scalar(select(outbox.c.message).where(outbox.c.id == third.id)) is None


def test_what_somebody_has_looked_for_is_sent_without_asking(uow, world):
    post(uow, letter("k1", "j1"))
    [claimed] = claim(uow)
    not_sent(uow, claimed, "ambiguous", "nobody can tell")

    with uow:
        assert uow.outbox.retry(claimed.id, not_there=True)
        uow.commit()

    [again] = claim(uow, later(60))
    assert (again.key, again.unsure_since) == ("k1", None)


def work_of(engine, act) -> int:
    """Return how many of SQLite's own steps *act* takes."""
    steps = []
    connection = engine.raw_connection()
    connection.driver_connection.set_progress_handler(lambda: steps.append(1), 1)
    connection.close()  # back to the pool, which hands it out next
    act()
    return len(steps)


def test_delivering_costs_the_same_whatever_was_sent_before(uow, world, engine):
    """What waits is found by its index; what was sent isn't looked at."""
    if engine.dialect.name != "sqlite":
        pytest.skip("counted in SQLite's own steps")
    outbox = table(OutboxRow)
    said = message("hej")
    said = replace(said, blocks=(*said.blocks, Quote((Mention(world.bo.id, "Bo"),))))

    def deliver(key):
        with uow:
            uow.outbox.post(
                [replace(letter(key, "j1"), message=said), letter(f"p{key}", to=ToPerson(world.bo.id))], NOW
            )
            uow.commit()

        def once():
            with uow:
                uow.outbox.nowhere("terminal")
                [claimed] = uow.outbox.claim("terminal", NOW, each=1)
                uow.outbox.not_sent(claimed, "new", "busy")
                [claimed] = uow.outbox.claim("terminal", NOW, each=1)
                uow.outbox.sent(claimed, "m1", NOW)
                uow.commit()

        return work_of(engine, once)

    deliver("warm")
    few = deliver("few")
    old = {"room": world.room.id, "door": "terminal", "person": world.bo.id, "how": "note", "at": NOW}
    old |= {"state": "sent", "epoch": 1, "why": ""}
    with engine.begin() as connection:
        connection.execute(insert(outbox), [{**old, "key": f"old{number}"} for number in range(5_000)])

    assert 0 < deliver("many") < 1.2 * few


def test_a_letter_of_which_a_part_may_be_missing_stands_and_is_listed(uow, world, engine):
    post(uow, question("k1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.partly_sent(claimed, "m1", "part 2 of 3: TimeoutError", NOW)
        uow.commit()

    with uow:
        assert uow.outbox.spot(claimed.room.id, "m1") == Spot("j1", VISION)
        assert uow.outbox.question_message("j1", VISION) == "m1"
        [listed] = uow.outbox.unsent("ambiguous")
    assert (listed.why, listed.unsure) == ("part 2 of 3: TimeoutError", True)
    assert claim(uow, later(3600)) == []
    assert not send(uow, replace(claimed, epoch=claimed.epoch - 1))


def test_whoever_lost_the_letter_says_nothing_of_its_parts(uow, world, engine):
    post(uow, question("k1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.partly_sent(replace(claimed, epoch=claimed.epoch + 1), "m1", "part 2 of 3", NOW)
        uow.commit()

    with uow:
        assert uow.outbox.spot(claimed.room.id, "m1") is None
    assert states(engine) == {"k1": "claimed"}
