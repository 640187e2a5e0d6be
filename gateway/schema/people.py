"""People as the caller may see them: masked by right, each reading recorded."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    FromDay,
    Info,
    Root,
    ToDay,
    argument,
    column,
    global_id,
    identity,
    optional_identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, connection, page
from gateway.schema.people_enums import (
    DisputeChannel,
    DisputeOutcome,
    DisputeReason,
    ReadingKind,
    ReadingPurpose,
    RecordField,
    SchoolLevel,
    Shown,
)
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, unit_of
from gateway.schema.scalars import Count
from services.contracts.registry.people import (
    CertificateGet,
    DisputesList,
    DuplicatesList,
    PeopleReads,
    UnusualReads,
)

PEOPLE_READS: Final = Question("registry", "people.reads", PeopleReads)
UNUSUAL_READS: Final = Question("registry", "people.unusual_reads", UnusualReads)
DISPUTES: Final = Question("registry", "people.disputes", DisputesList)
CERTIFICATE: Final = Question("registry", "person.certificate", CertificateGet)
DUPLICATES: Final = Question("registry", "duplicates.list", DuplicatesList)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry
LazyForceUnit = Annotated["ForceUnit", strawberry.lazy("gateway.schema.forces")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry
Purpose = Annotated[ReadingPurpose, argument("What it is read for (mục đích).")]
OfUnit = Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")]


@output
class Service:
    """One service of a person in a force (quá trình tham gia)."""

    force_unit: LazyForceUnit | None = resolved(
        force_unit_of, "Board or team.", ["force_unit_id"]
    )
    post: str = column("Post (chức danh).")
    enrolled_on: date = column("First day (ngày tham gia).")
    ceased_on: date | None = column("First day without (ngày thôi).")


def _merged(root: Root) -> Any:
    return [global_id("Person", one) for one in root["merged_ids"]]


@output
class Person:
    """Somebody of the forces, as far as this caller may see (cá nhân)."""

    id: strawberry.ID = column("Id of the person that counts.")
    shown: Shown = column("How much is shown (mức hiển thị).")
    display_name: str | None = column("Full name (họ và tên).")
    birth_year: int | None = column("Year of birth (năm sinh).")
    citizen_id_masked: str | None = column("Last four of the 12 digits.")
    old_id_masked: str | None = column("Last four of the old 9 digits.")
    birth_date: date | None = column("Day of birth; with the full right (ngày sinh).")
    citizen_id: str | None = column("All 12 digits; with the full right.")
    old_id: str | None = column("All 9 digits; with the full right.")
    phone: str | None = column("Telephone; with the full right (điện thoại).")
    school_level: SchoolLevel | None = column("Schooling; with the full right.")
    resident_since: date | None = column("Resident since; with the full right.")
    unit: LazyUnit | None = resolved(unit_of, "Unit that keeps it.", ["unit_id"])
    erased_on: date | None = column("Day on which the record was erased (ngày xóa).")
    merged_ids: list[strawberry.ID] = resolved(
        _merged, "People who were found to be this one.", ["merged_ids"]
    )
    services: list[Service] = resolved(
        lambda root: root["memberships"], "All services, folded.", ["memberships"]
    )


async def person_of(root: Root, info: Info, purpose: Purpose) -> Any:
    """Resolve the person of a member; null without the right to see one."""
    if root["person_id"] is None:
        return None
    return await loaders.person_of(info.context, root["person_id"], purpose.value)


async def _one(root: Root, info: Info) -> Any:
    return await loaders.person_of(info.context, root["person_id"], "duplicate_check")


async def _other(root: Root, info: Info) -> Any:
    return await loaders.person_of(info.context, root["other_id"], "duplicate_check")


@output
class ComparedField:
    """How one field of two records compares (so sánh từng mục)."""

    field: str = column("Which field (mục).")
    verdict: str = column("Code of what was found (kết quả).")
    points: int = column("What that adds to the score (điểm).")


@output
class Duplicate:
    """Two people who may be one; nothing was opened for it (nghi trùng)."""

    person: Person | None = resolved(_one, "The one; a reading.", ["person_id"])
    other: Person | None = resolved(_other, "The other; a reading.", ["other_id"])
    score: int = column("How alike they are, 0 to 100 (điểm giống nhau).")
    fields: list[ComparedField] = column("Why, field by field (giải thích).")


def _read_ids(root: Root) -> Any:
    return [global_id("Person", one) for one in root["person_ids"]]


@output
class PersonReading:
    """One reading of records of a unit (lượt xem hồ sơ)."""

    id: strawberry.ID = column("Id of the reading.")
    at: datetime = column("Moment (thời điểm).")
    reader: str = column("Account that read (người xem).")
    kind: ReadingKind = column("In which way (cách xem).")
    purpose: ReadingPurpose = column("What for (mục đích).")
    shown: Shown = column("How much was shown (mức hiển thị).")
    unit: LazyUnit | None = resolved(unit_of, "Unit of the people.", ["unit_id"])
    people: Count = column("Of how many people (số người).")
    person_ids: list[strawberry.ID] = resolved(
        _read_ids, "Of which people.", ["person_ids"]
    )


@output
class ReaderWeek:
    """A reader who stands out in a week: to ask about, not to judge (bất thường)."""

    reader: str = column("Account that read (người xem).")
    readings: Count = column("How often (số lượt).")
    people: Count = column("Of how many people (số người).")
    outside_hours: Count = column("How often outside office hours (ngoài giờ).")
    weekly_average: float = column("Own average of the weeks before (trung bình).")
    reasons: list[str] = column("Codes of why (lý do).")


@output
class Dispute:
    """A person's "this is wrong" with its clocks and answer (đề nghị chỉnh sửa)."""

    id: strawberry.ID = column("Number that the person was given.")
    fields: list[RecordField] = column("What is said to be wrong (mục).")
    channel: DisputeChannel = column("How it was filed (cách gửi).")
    unit: LazyUnit | None = resolved(unit_of, "Unit that answers.", ["unit_id"])
    filed_on: date = column("Day of filing (ngày gửi).")
    answer_by: date = column("Last day to answer (hạn trả lời).")
    done_by: date = column("Last day to have it done (hạn thực hiện).")
    answer_clock: str = column("How the answer stands (tiến độ trả lời).")
    done_clock: str | None = column("How the doing stands; null when refused.")
    outcome: DisputeOutcome | None = column("What was answered (kết quả).")
    reason: DisputeReason | None = column("Why (lý do).")
    answered_on: date | None = column("Day of the answer (ngày trả lời).")
    done_on: date | None = column("Day of the correction (ngày thực hiện).")


@output
class ErasureCertificate:
    """What an erasure destroyed, signed (giấy xác nhận xóa dữ liệu)."""

    document: str = column("The signed text, JSON; its very bytes count.")
    signature: str = column("Signature, base64.")
    public_key: str = column("Key to check it with, base64.")
    algorithm: str = column("How it was signed.")


async def people(
    info: Info,
    ids: Annotated[list[strawberry.ID], argument("Ids of up to 100 people.")],
    purpose: Purpose,
) -> Any:
    """Answer Query.people."""
    keys = [identity(one, "Person", "ids") for one in ids]
    return [loaders.person_of(info.context, one, purpose.value) for one in keys]


async def people_reads(  # noqa: PLR0913, PLR0917 - the filters of one list
    info: Info,
    unit: OfUnit,
    first: First,
    after: After = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    person_id: Annotated[
        strawberry.ID | None, argument("Keep readings of one person.")
    ] = None,
    reader: Annotated[str | None, argument("Keep readings by one account.")] = None,
) -> Any:
    """Answer Query.peopleReads."""
    return await page(
        info,
        PEOPLE_READS,
        after,
        unit=unit_ref(unit),
        first=first,
        from_day=from_day,
        to_day=to_day,
        person_id=optional_identity(person_id, "Person", "personId"),
        reader=reader,
    )


async def people_unusual_reads(
    info: Info,
    unit: OfUnit,
    week_of: Annotated[
        date | None, argument("A day of the week; the last whole week without one.")
    ] = None,
) -> Any:
    """Answer Query.peopleUnusualReads."""
    parts = {"unit": unit_ref(unit), "week_of": week_of}
    return (await info.context.ask(UNUSUAL_READS, parts))["rows"]


async def people_disputes(
    info: Info,
    unit: OfUnit,
    first: First,
    after: After = None,
    person_id: Annotated[
        strawberry.ID | None, argument("Keep disputes of one person.")
    ] = None,
    only_open: Annotated[bool, argument("Leave out what is settled.")] = False,  # noqa: FBT002 - an argument of the schema
) -> Any:
    """Answer Query.peopleDisputes."""
    return await page(
        info,
        DISPUTES,
        after,
        unit=unit_ref(unit),
        first=first,
        person_id=optional_identity(person_id, "Person", "personId"),
        only_open=only_open,
    )


async def duplicates(
    info: Info, unit: OfUnit, first: First, after: After = None
) -> Any:
    """Answer Query.duplicates."""
    # A pair has no id of its own, so that its columns are not cut.
    parts = {"unit": unit_ref(unit), "first": first, "after": after}
    return connection(await info.context.ask(DUPLICATES, parts), after)


async def erasure_certificate(
    info: Info,
    certificate_id: Annotated[strawberry.ID, argument("Id of the certificate.")],
) -> Any:
    """Answer Query.erasureCertificate."""
    wanted = identity(certificate_id, "ErasureCertificate", "certificateId")
    return await info.context.ask(CERTIFICATE, {"certificate_id": wanted})


@output
class PeopleQueries:
    """Questions about people, each answered as far as the caller may see."""

    people: list[Person | None] | None = resolved(
        people, "People by their ids, for a purpose (hồ sơ cá nhân)."
    )
    people_reads: Connection[PersonReading] | None = resolved(
        people_reads, "Who read records of people (ai đã xem hồ sơ)."
    )
    people_unusual_reads: list[ReaderWeek] | None = resolved(
        people_unusual_reads, "Readers who stand out in a week (bất thường)."
    )
    people_disputes: Connection[Dispute] | None = resolved(
        people_disputes, "Who says that a record is wrong (đề nghị)."
    )
    duplicates: Connection[Duplicate] | None = resolved(
        duplicates, "Pairs that may be one person (nghi trùng)."
    )
    erasure_certificate: ErasureCertificate | None = resolved(
        erasure_certificate, "What an erasure destroyed, signed."
    )
