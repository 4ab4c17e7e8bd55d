"""Says who looks after the methods of this server: all its organisations share them. See decision 0027."""

from bot.usecases.borders import behind
from dialogs.ports import UnitOfWork


def keepers(*, uow: UnitOfWork, by: str) -> str:
    """Return the organisation whose admins look after the methods; "" when nobody in the chat does.

    It is the one that a setting names, as *by*; without that, the only one that there is. *uow* is open.
    """
    books = behind(uow).organisations
    if by:
        return books.named(by) or ""
    real = [id for id, _ in books.all() if books.admins(id)]  # what was made up to practise has none
    return real[0] if len(real) == 1 else ""


def keeps_packs(person: str, *, uow: UnitOfWork, by: str) -> bool:
    """Say whether the person may load and retire methods. *uow* is open."""
    organisation = keepers(uow=uow, by=by)
    return bool(organisation) and behind(uow).organisations.is_admin(organisation, person)
