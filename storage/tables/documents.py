"""Tables of documents that were adopted: what they said then, for good."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class AdoptedDocument(Row, table=True):
    """One adopted version of a journey's document, whole. Only ever added to."""

    __tablename__ = "adopted_document"
    __table_args__ = (UniqueConstraint("journey", "document", "number"),)

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    journey: str = Field(foreign_key="journey.id")
    document: str  # the outline's id in the method
    number: int  # of the version, from 1
    adopted_on: date
    content: str  # the document as a value, in the language that it was adopted in
    digest: str
    by: str = Field(foreign_key="person.id")  # who entered the decision
    at: datetime = Field(sa_type=UtcDateTime)
