"""Looks after the audit: hands it over as a file, noted first; and follows each chain to see that it holds."""

from collections.abc import Iterator, Mapping, Sequence

from bot.usecases.office import BY
from dialogs.model.audit import Checked, Head, Link, checked
from dialogs.ports import Clock, KeptVersion, UnitOfWork
from dialogs.reports.audit_file import AuditFile, as_lines


def exported(organisation: str, *, uow: UnitOfWork, clock: Clock) -> Iterator[bytes]:
    """Yield the lines of a file with every chain, or the one organisation's. *uow* is open while they are read."""
    chains = [organisation] if organisation else uow.audit.chains()
    told: Iterator[tuple[str, Iterator[Link]]] = ((one, uow.audit.links(one)) for one in chains)
    yield from as_lines(told, at=clock.now())


def note_exported(organisation: str, *, uow: UnitOfWork, clock: Clock) -> None:
    with uow:
        uow.audit.note("audit-exported", organisation=organisation, by=BY, about="audit", at=clock.now())
        uow.commit()


def verified(organisation: str, earlier: AuditFile | None, *, uow: UnitOfWork) -> Sequence[Checked]:
    """Follow every chain, or the one organisation's; with an *earlier* file, also that it goes on from there."""
    then: Mapping[str, Head] = {one.head.organisation: one.head for one in earlier.chains} if earlier else {}
    chains = [organisation] if organisation else sorted({*uow.audit.chains(), *then})
    return [checked(one, uow.audit.links(one), then.get(one)) for one in chains]


def touched(organisation: str, *, uow: UnitOfWork) -> tuple[int, Sequence[KeptVersion]]:
    """Return how many adopted documents there are, and those that aren't what was adopted: by what is kept, and by the log."""
    versions = [one for one in uow.adopted.kept() if organisation in ("", one.organisation)]
    noted = {
        (home, link.digest)
        for home in {one.organisation for one in versions}
        for link in uow.audit.links(home)
        if link.kind == "document-adopted"
    }
    wrong = [one for one in versions if not one.untouched or (one.organisation, one.digest) not in noted]
    return len(versions), wrong
