"""Requests and answers about people's records, the same by HTTP and by NATS verbs.

Verbs: people.read people.search people.reads people.unusual_reads people.disputes
person.certificate duplicates.list (queries); person.correct person.dispute
person.answer_dispute person.erase person.merge person.unmerge duplicates.dismiss
(commands). Names and numbers stand in bodies only, never in an address.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about, formed
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.papers import FullName
from services.contracts.registry.units import UnitRef

ReadingPurpose = Literal[
    "roster",
    "appointment",
    "entitlement",
    "contact",
    "correction",
    "duplicate_check",
    "own_request",
    "inspection",
]
DisputeChannel = Literal["in_person", "phone", "letter", "vneid"]
DisputeOutcome = Literal["upheld", "refused"]
DisputeReason = Literal[
    "record_wrong",
    "record_outdated",
    "papers_confirm_record",
    "no_evidence",
    "not_this_person",
]
ErasureGround = Literal[
    "own_request", "purpose_ended", "entered_in_error", "authority_order"
]
RecordField = Literal[
    "full_name",
    "birth_date",
    "citizen_id",
    "old_id",
    "phone",
    "school_level",
    "resident_since",
]
SchoolLevel = Literal["primary", "lower_secondary", "upper_secondary", "higher"]

# Digits as people write them; the domain counts them.
Number = Annotated[str, formed(r"^[0-9][0-9 .\-]*$", "001080000001", 20)]
Phone = Annotated[str, formed(r"^\+?[0-9][0-9 .\-]{6,18}$", "0912 345 678", 20)]
Subject = Annotated[str, Meta(max_length=100)]
PersonIds = Annotated[list[UUID], Meta(min_length=1, max_length=100)]
RecordFields = Annotated[list[RecordField], Meta(min_length=1, max_length=7)]


# --- reading -----------------------------------------------------------------


class PeopleRead(Request, frozen=True):
    """Records of up to 100 people of the caller's area; the reading is recorded."""

    ids: PersonIds
    purpose: ReadingPurpose


class PeopleSearch(Request, frozen=True):
    """People by name (marks and word order do not matter) or by a number."""

    purpose: Annotated[ReadingPurpose, about("What for (mục đích).")]
    name: Annotated[FullName | None, about("Name (họ tên).")] = None
    birth_date: Annotated[
        date | None, about("Day of birth, to narrow it (ngày sinh).")
    ] = None
    citizen_id: Annotated[Number | None, about("12 digits.")] = None
    old_id: Annotated[Number | None, about("9 digits.")] = None
    unit: Annotated[UnitRef | None, about("Keep one unit's subtree (đơn vị).")] = None
    first: Annotated[int, Meta(ge=1, le=50), about("How many, 1 to 50.")] = 20


class MembershipView(msgspec.Struct, frozen=True, kw_only=True):
    """One service of a person."""

    member_id: UUID
    force_unit_id: UUID
    post: str
    enrolled_on: date
    ceased_on: date | None


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    """A person as this caller may see it; what is masked is None.

    ``id`` is the person that counts: another than was asked for where two were merged.
    """

    id: UUID
    shown: Literal["masked", "full"]
    display_name: str | None
    birth_year: int | None
    citizen_id_masked: str | None
    old_id_masked: str | None
    birth_date: date | None = None
    citizen_id: str | None = None
    old_id: str | None = None
    phone: str | None = None
    school_level: str | None = None
    resident_since: date | None = None
    unit_id: UUID
    erased_on: date | None = None
    merged_ids: tuple[UUID, ...] = ()
    memberships: tuple[MembershipView, ...] = ()


class PeopleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[PersonView | None, ...]


class PeopleFound(msgspec.Struct, frozen=True, kw_only=True):
    """People who were found; more may be there."""

    rows: tuple[PersonView, ...]
    has_next: bool


class PeopleReads(Request, frozen=True):
    """Who read records of people of a unit's subtree; the latest first."""

    unit: UnitRef
    from_day: date | None = None
    to_day: date | None = None
    person_id: UUID | None = None
    reader: Subject | None = None
    first: First = 50
    after: Cursor | None = None


class ReadingView(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of records of one unit."""

    id: UUID
    at: datetime
    reader: str
    kind: Literal["read", "search", "export"]
    purpose: str
    shown: Literal["masked", "full"]
    unit_id: UUID
    people: int
    person_ids: tuple[UUID, ...]
    cursor: str | None = None


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of readings."""

    rows: tuple[ReadingView, ...]
    has_next: bool


class UnusualReads(Request, frozen=True):
    """Readers of the week of a day (default: the last whole week) to ask about."""

    unit: UnitRef
    week_of: date | None = None


class ReaderWeek(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader did in a week, and why it stands out."""

    reader: str
    readings: int
    people: int
    outside_hours: int
    weekly_average: float
    reasons: tuple[Literal["outside_hours", "far_above_own_average"], ...]


class UnusualReadsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Readers who stand out; nobody where all is as always."""

    week_begins: date
    rows: tuple[ReaderWeek, ...]


# --- corrections -------------------------------------------------------------


class CorrectPerson(Request, frozen=True):
    """The whole record as it is to be; what is left out is no longer kept.

    ``confirmed`` says that number and birth date were compared with the card.
    """

    person_id: Annotated[UUID, about("Whose record.")]
    full_name: Annotated[FullName, about("Full name (họ và tên).")]
    birth_date: Annotated[date | None, about("Day of birth.")] = None
    citizen_id: Annotated[Number | None, about("12 digits.")] = None
    old_id: Annotated[Number | None, about("9 digits.")] = None
    phone: Annotated[Phone | None, about("Telephone.")] = None
    school_level: Annotated[SchoolLevel | None, about("Schooling (trình độ).")] = None
    resident_since: Annotated[date | None, about("Resident since.")] = None
    dispute_id: Annotated[UUID | None, about("Dispute that this settles.")] = None
    confirmed: Annotated[
        bool, about("Number and birth date were seen on the card.")
    ] = False


class PersonCorrected(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to CorrectPerson: which fields changed, and what to look at again."""

    person_id: UUID
    fields: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class DisputePerson(Request, frozen=True):
    """A person says that fields of the record are wrong."""

    person_id: Annotated[UUID, about("Whose record.")]
    fields: Annotated[RecordFields, about("What is said to be wrong (mục).")]
    channel: Annotated[DisputeChannel, about("How it was said (cách gửi).")]
    filed_on: Annotated[date, about("Day on which it was said (ngày gửi).")]


class PersonDisputed(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DisputePerson: the number to ask by, and until when."""

    person_id: UUID
    dispute_id: UUID
    answer_by: date
    done_by: date


class AnswerDispute(Request, frozen=True):
    """The unit's answer to a person's dispute."""

    person_id: Annotated[UUID, about("Whose record.")]
    dispute_id: Annotated[UUID, about("Which dispute.")]
    outcome: Annotated[DisputeOutcome, about("What is answered (kết quả).")]
    reason: Annotated[DisputeReason, about("Why (lý do).")]


class DisputeAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to AnswerDispute."""

    person_id: UUID
    dispute_id: UUID
    outcome: str


class DisputesList(Request, frozen=True):
    """Disputes of a unit's subtree by the day of filing, or of one person."""

    unit: UnitRef
    person_id: UUID | None = None
    only_open: bool = False
    first: First = 50
    after: Cursor | None = None


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute, its clocks and its answer."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    fields: tuple[str, ...]
    channel: str
    filed_on: date
    answer_by: date
    done_by: date
    answer_clock: str
    done_clock: str | None
    outcome: str | None
    reason: str | None
    answered_on: date | None
    done_on: date | None
    cursor: str | None = None


class DisputeList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of disputes."""

    rows: tuple[DisputeView, ...]
    has_next: bool


# --- erasure -----------------------------------------------------------------


class ErasePerson(Request, frozen=True):
    """Destroy the key, the record and the digests of a person; counts stay."""

    person_id: Annotated[UUID, about("Whose record.")]
    ground: Annotated[ErasureGround, about("Why (lý do xóa).")]


class PersonErased(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to ErasePerson: the certificate to ask for."""

    person_id: UUID
    certificate_id: UUID
    erased_on: date


class CertificateGet(Request, frozen=True):
    """A certificate of erasure by its id."""

    certificate_id: UUID


class CertificateView(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of erasure: the signed text, Ed25519 over its very bytes."""

    certificate_id: UUID
    person_id: UUID
    document: str
    signature: str
    public_key: str
    algorithm: Literal["Ed25519"] = "Ed25519"


# --- duplicates --------------------------------------------------------------


class DuplicatesList(Request, frozen=True):
    """Pairs that may be one person, of whom one is of a unit's subtree."""

    unit: UnitRef
    first: First = 50
    after: Cursor | None = None


class ComparedField(msgspec.Struct, frozen=True, kw_only=True):
    """How one field of two records compares, and what that adds to the score."""

    field: str
    verdict: str
    points: int


class DuplicateView(msgspec.Struct, frozen=True, kw_only=True):
    """Two people who may be one; their records were not opened for it."""

    person_id: UUID
    other_id: UUID
    unit_id: UUID
    other_unit_id: UUID
    score: int
    fields: tuple[ComparedField, ...]
    cursor: str | None = None


class DuplicateList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of pairs."""

    rows: tuple[DuplicateView, ...]
    has_next: bool


class TwoPeople(Request, frozen=True):
    """Two people of the caller's area."""

    person_id: Annotated[UUID, about("The one; in a merger the one that stays.")]
    other_id: Annotated[UUID, about("The other.")]


class DismissDuplicate(TwoPeople, frozen=True):
    """These two are not the same person; remembered for both."""


class MergePeople(TwoPeople, frozen=True):
    """The other one is this person: its record counts no more, its services stay."""


class UnmergePeople(TwoPeople, frozen=True):
    """The other one is somebody else after all."""


class TwoPeopleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a command about two people."""

    person_id: UUID
    other_id: UUID
