"""At a workplace's door one's own data and the registrar's list come in private, wherever they were asked for."""

from io import BytesIO
from zipfile import ZipFile

from tests.conversation.talk import private
from tests.conversation.workplace import Workplace
from tests.files.office import file_in, made


def test_ones_own_data_come_in_private_from_a_channel_too(work: Workplace):
    told = work.mentions("Bo", "exportera mina uppgifter")

    assert [one.room.external for one in told.letters if one.message.file] == [private("bo")]
    with ZipFile(BytesIO(made(work, file_in(told)) or b"")) as opened:
        text = opened.read("mina-uppgifter.md").decode()
    assert "Bo" in text
    assert "Vi vill mer" not in text


def test_the_registrars_list_comes_in_private_and_its_file_behind_a_button(work: Workplace):
    with work.uow() as uow:
        [bo] = uow.people.named("Bo", None)
        uow.organisations.add_admin(uow.journeys.all()[0].organisation, bo.id)
        uow.commit()
    work.says("Ada", "ny nämnd: Nämnden")
    work.says("Ada", "anta planen: Nämnden; 2026-08-25; § 1")

    told = work.mentions("Bo", "registratorslista kvartal 3")

    assert "§ 1" not in told.in_room().text
    assert "§ 1" in told.to("Bo").text
    file = file_in(work.presses("Bo", told.to("Bo").button("get-file"), in_private=True))
    assert "§ 1" in (made(work, file) or b"").decode()
