"""Commands about people's records; a search is among them, for it leaves a trace."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    ANSWER_DISPUTE,
    CORRECT_PERSON,
    DISMISS_DUPLICATE,
    DISPUTE_PERSON,
    ERASE_PERSON,
    MERGE_PEOPLE,
    PEOPLE_SEARCH,
    UNMERGE_PEOPLE,
    Question,
)
from gateway.schema.base import (
    Info,
    Root,
    Row,
    argument,
    column,
    global_id,
    identity,
    optional_identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, asked, carried_out, key_field
from gateway.schema.people import Person
from gateway.schema.people_enums import (
    DisputeChannel,
    DisputeOutcome,
    DisputeReason,
    ErasureGround,
    ReadingPurpose,
    RecordField,
    SchoolLevel,
)
from gateway.schema.references import UnitRef, unit_ref

_ERRORS = "Why the command was refused; empty when it was carried out."


def _id_of(typename: str, name: str) -> Any:
    def found(root: Root) -> Any:
        value = root.get(name)
        return None if value is None else global_id(typename, value)

    found.__annotations__["return"] = strawberry.ID | None
    return found


@output
class PeopleSearchPayload:
    """People who were found; the search was recorded."""

    people: list[Person] = resolved(
        lambda root: root.get("rows", []), "People, as this caller may see them."
    )
    has_next: bool = resolved(
        lambda root: root.get("has_next", False), "Whether there are more."
    )
    user_errors: list[UserError] = column(_ERRORS)


@output
class PersonPayload:
    """Answer to a command about a person's record."""

    person_id: strawberry.ID | None = resolved(
        _id_of("Person", "person_id"), "Id of the person."
    )
    dispute_id: strawberry.ID | None = resolved(
        _id_of("Dispute", "dispute_id"), "Number of the dispute."
    )
    certificate_id: strawberry.ID | None = resolved(
        _id_of("ErasureCertificate", "certificate_id"), "Id of the certificate."
    )
    answer_by: date | None = resolved(
        lambda root: root.get("answer_by"), "Last day to answer a dispute."
    )
    done_by: date | None = resolved(
        lambda root: root.get("done_by"), "Last day to have it done."
    )
    changed_fields: list[str] = resolved(
        lambda root: root.get("fields", []), "Fields that a correction changed."
    )
    warnings: list[str] = resolved(
        lambda root: root.get("warnings", []), "Codes of what to look at again."
    )
    user_errors: list[UserError] = column(_ERRORS)


@output
class PeoplePairPayload:
    """Answer to a command about two people."""

    person_id: strawberry.ID | None = resolved(
        _id_of("Person", "person_id"), "Id of the one."
    )
    other_id: strawberry.ID | None = resolved(
        _id_of("Person", "other_id"), "Id of the other."
    )
    user_errors: list[UserError] = column(_ERRORS)


@taken
class PeopleSearchInput:
    """Whom to look for: by name, without marks and in any order, or by number."""

    purpose: ReadingPurpose = column("What for (mục đích).")
    name: str | None = strawberry.field(default=None, description="Name (họ tên).")
    birth_date: date | None = strawberry.field(
        default=None, description="Day of birth, to narrow it (ngày sinh)."
    )
    citizen_id: str | None = strawberry.field(default=None, description="12 digits.")
    old_id: str | None = strawberry.field(default=None, description="9 digits.")
    unit: UnitRef | None = strawberry.field(
        default=None, description="Keep one unit's subtree (đơn vị)."
    )
    first: int = strawberry.field(default=20, description="How many, 1 to 50.")


@taken
class PersonCorrectInput:
    """The whole record as it is to be; what is left out is no longer kept."""

    person_id: strawberry.ID = column("Whose record.")
    full_name: str = column("Full name (họ và tên).")
    birth_date: date | None = strawberry.field(
        default=None, description="Day of birth."
    )
    citizen_id: str | None = strawberry.field(default=None, description="12 digits.")
    old_id: str | None = strawberry.field(default=None, description="9 digits.")
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    school_level: SchoolLevel | None = strawberry.field(
        default=None, description="Schooling (trình độ)."
    )
    resident_since: date | None = strawberry.field(
        default=None, description="Resident since."
    )
    dispute_id: strawberry.ID | None = strawberry.field(
        default=None, description="Dispute that this settles."
    )
    confirmed: bool = strawberry.field(
        default=False, description="Number and birth date were seen on the card."
    )
    idempotency_key: str | None = key_field()


@taken
class PersonDisputeInput:
    """A person says that fields of the record are wrong."""

    person_id: strawberry.ID = column("Whose record.")
    fields: list[RecordField] = column("What is said to be wrong (mục).")
    channel: DisputeChannel = column("How it was said (cách gửi).")
    filed_on: date = column("Day on which it was said (ngày gửi).")
    idempotency_key: str | None = key_field()


@taken
class PersonAnswerDisputeInput:
    """The unit's answer to a dispute."""

    person_id: strawberry.ID = column("Whose record.")
    dispute_id: strawberry.ID = column("Which dispute.")
    outcome: DisputeOutcome = column("What is answered (kết quả).")
    reason: DisputeReason = column("Why (lý do).")
    idempotency_key: str | None = key_field()


@taken
class PersonEraseInput:
    """A record to destroy; every count stays."""

    person_id: strawberry.ID = column("Whose record.")
    ground: ErasureGround = column("Why (lý do xóa).")
    idempotency_key: str | None = key_field()


@taken
class PeoplePairInput:
    """Two people: one, and another who is meant to be the same or not."""

    person_id: strawberry.ID = column("The one; in a merger the one that stays.")
    other_id: strawberry.ID = column("The other.")
    idempotency_key: str | None = key_field()


async def people_search(
    info: Info,
    input: Annotated[PeopleSearchInput, argument("Whom to look for.")],  # noqa: A002
) -> Any:
    """Answer Mutation.peopleSearch."""
    return await asked(
        info,
        PEOPLE_SEARCH,
        lambda: {
            "purpose": input.purpose.value,
            "name": input.name,
            "birth_date": input.birth_date,
            "citizen_id": input.citizen_id,
            "old_id": input.old_id,
            "unit": None if input.unit is None else unit_ref(input.unit),
            "first": input.first,
        },
    )


async def person_correct(
    info: Info,
    input: Annotated[PersonCorrectInput, argument("The record.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personCorrect."""
    return await carried_out(
        info,
        CORRECT_PERSON,
        input,
        lambda: {
            "person_id": identity(input.person_id, "Person", "personId"),
            "full_name": input.full_name,
            "birth_date": input.birth_date,
            "citizen_id": input.citizen_id,
            "old_id": input.old_id,
            "phone": input.phone,
            "school_level": input.school_level and input.school_level.value,
            "resident_since": input.resident_since,
            "dispute_id": optional_identity(input.dispute_id, "Dispute", "disputeId"),
            "confirmed": input.confirmed,
        },
    )


async def person_dispute(
    info: Info,
    input: Annotated[PersonDisputeInput, argument("What is wrong.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personDispute."""
    return await carried_out(
        info,
        DISPUTE_PERSON,
        input,
        lambda: {
            "person_id": identity(input.person_id, "Person", "personId"),
            "fields": [field.value for field in input.fields],
            "channel": input.channel.value,
            "filed_on": input.filed_on,
        },
    )


async def person_answer_dispute(
    info: Info,
    input: Annotated[PersonAnswerDisputeInput, argument("The answer.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personAnswerDispute."""
    return await carried_out(
        info,
        ANSWER_DISPUTE,
        input,
        lambda: {
            "person_id": identity(input.person_id, "Person", "personId"),
            "dispute_id": identity(input.dispute_id, "Dispute", "disputeId"),
            "outcome": input.outcome.value,
            "reason": input.reason.value,
        },
    )


async def person_erase(
    info: Info,
    input: Annotated[PersonEraseInput, argument("What to destroy.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personErase."""
    return await carried_out(
        info,
        ERASE_PERSON,
        input,
        lambda: {
            "person_id": identity(input.person_id, "Person", "personId"),
            "ground": input.ground.value,
        },
    )


async def _paired(info: Info, question: Question, pair: PeoplePairInput) -> Row:
    return await carried_out(
        info,
        question,
        pair,
        lambda: {
            "person_id": identity(pair.person_id, "Person", "personId"),
            "other_id": identity(pair.other_id, "Person", "otherId"),
        },
    )


async def person_merge(
    info: Info,
    input: Annotated[PeoplePairInput, argument("Who are one.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personMerge."""
    return await _paired(info, MERGE_PEOPLE, input)


async def person_unmerge(
    info: Info,
    input: Annotated[PeoplePairInput, argument("Who are two after all.")],  # noqa: A002
) -> Any:
    """Answer Mutation.personUnmerge."""
    return await _paired(info, UNMERGE_PEOPLE, input)


async def duplicate_dismiss(
    info: Info,
    input: Annotated[PeoplePairInput, argument("Who are not the same.")],  # noqa: A002
) -> Any:
    """Answer Mutation.duplicateDismiss."""
    return await _paired(info, DISMISS_DUPLICATE, input)
