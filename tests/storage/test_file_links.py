"""Links to files are there by their secrets alone, and forgotten long after they ran out."""

from datetime import timedelta

from dialogs.files import FileOut, Recipe
from dialogs.ports import FileLinkRef
from tests.storage.builders import NOW, a_world

SECRET, OTHER = "a-secret-that-nobody-guesses", "another-secret-than-that-one"
HOURS = timedelta(hours=24)


def a_file(person: str) -> FileOut:
    return FileOut(
        "plan.md", "text/markdown", "Planen", Recipe("document-md", person, "j1", "plan", "sv"), "Nej."
    )


def test_what_a_link_leads_to_is_there_again_and_its_secret_is_nowhere(uow):
    world = a_world(uow)
    file = a_file(world.bo.id)
    with uow:
        uow.file_links.put(SECRET, file, organisation=None, at=NOW, until=NOW + HOURS)
        uow.commit()
    with uow:
        assert uow.file_links.get(SECRET) == FileLinkRef(file, NOW + HOURS)
        assert uow.file_links.get(OTHER) is None


def test_a_link_that_ran_out_is_known_for_a_while_and_then_forgotten(uow):
    world = a_world(uow)
    with uow:
        uow.file_links.put(SECRET, a_file(world.bo.id), organisation=None, at=NOW, until=NOW + HOURS)
        later = NOW + HOURS + timedelta(days=30)
        uow.file_links.put(OTHER, a_file(world.bo.id), organisation=None, at=later, until=later + HOURS)
        assert uow.file_links.get(SECRET) is not None
        last = later + timedelta(seconds=1)
        uow.file_links.put(f"{OTHER}-2", a_file(world.bo.id), organisation=None, at=last, until=last + HOURS)
        assert uow.file_links.get(SECRET) is None
        assert uow.file_links.get(OTHER) is not None
