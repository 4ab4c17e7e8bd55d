"""A method with measures that are reminded of."""

from content.pack import Pack
from tests.dialogs.builders import a_pack, a_question, a_register


def a_plan() -> Pack:
    """Return a pack whose measures are reminded of: `dag` is the date, `vem` whoever is responsible."""
    fields = [
        {"id": "namn", "kind": "text", "title": {"sv": "Namn", "en": "Name"}, "required": True},
        {"id": "dag", "kind": "date", "title": {"sv": "Dag", "en": "Day"}},
        {"id": "vem", "kind": "person", "title": {"sv": "Vem", "en": "Who"}},
    ]
    states = [
        {"id": "ny", "title": {"sv": "Ny", "en": "New"}},
        {"id": "klar", "title": {"sv": "Klar", "en": "Done"}, "closed": True},
    ]
    names = {"title": {"sv": "Insatser", "en": "Measures"}, "singular": {"sv": "insats", "en": "measure"}}
    register = a_register(
        "insatser", fields=fields, states=states, reminders=[{"date": "dag", "owner": "vem"}], **names
    )
    pack = a_pack(a_question("vision"), a_question("mal"), registers=(register,))
    return pack.model_copy(update={"manifest": pack.manifest.model_copy(update={"coach": "coach"})})


PLAN = a_plan()
