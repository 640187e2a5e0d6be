"""Commands about people's records; a search is among them, for it leaves a trace."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import Info, argument, column, resolved, taken
from gateway.schema.command_table import command, commands, parts
from gateway.schema.commands import asked
from gateway.schema.inputs import input_of
from gateway.schema.payloads import id_of, payload, rows_of
from gateway.schema.people import Person
from gateway.schema.people_enums import ReadingPurpose
from gateway.schema.references import UnitRef
from services.contracts.registry import people

PEOPLE_SEARCH: Final = Question("registry", "people.search", people.PeopleSearch)

_PAIR: Final = input_of(
    people.MergePeople,
    "PeoplePairInput",
    "Two people: one, and another who is meant to be the same or not.",
)


@payload
class PeopleSearchPayload:
    """People who were found; the search was recorded."""

    people: list[Person] = rows_of("rows", "People, as this caller may see them.")
    has_next: bool = resolved(
        lambda root: root.get("has_next", False), "Whether there are more."
    )


@payload
class PersonPayload:
    """Answer to a command about a person's record."""

    person_id: strawberry.ID | None = id_of("Person", "person_id", "Id of the person.")
    dispute_id: strawberry.ID | None = id_of(
        "Dispute", "dispute_id", "Number of the dispute."
    )
    certificate_id: strawberry.ID | None = id_of(
        "ErasureCertificate", "certificate_id", "Id of the certificate."
    )
    answer_by: date | None = column("Last day to answer a dispute.")
    done_by: date | None = column("Last day to have it done.")
    changed_fields: list[str] = rows_of("fields", "Fields that a correction changed.")
    warnings: list[str] = rows_of("warnings", "Codes of what to look at again.")


@payload
class PeoplePairPayload:
    """Answer to a command about two people."""

    person_id: strawberry.ID | None = id_of("Person", "person_id", "Id of the one.")
    other_id: strawberry.ID | None = id_of("Person", "other_id", "Id of the other.")


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


async def people_search(
    info: Info,
    input: Annotated[PeopleSearchInput, argument("Whom to look for.")],  # noqa: A002
) -> Any:
    """Answer Mutation.peopleSearch."""
    return await asked(info, PEOPLE_SEARCH, lambda: parts(input))


@commands("registry")
class PeopleMutations:
    """Commands about people; looking for somebody is one, for it leaves a trace."""

    people_search: PeopleSearchPayload | None = resolved(
        people_search, "Look for people; it is recorded (tìm người)."
    )
    person_correct: PersonPayload | None = command(
        "person.correct", people.CorrectPerson, "Correct a record (chỉnh sửa hồ sơ)."
    )
    person_dispute: PersonPayload | None = command(
        "person.dispute",
        people.DisputePerson,
        "Take in that a record is wrong (đề nghị).",
    )
    person_answer_dispute: PersonPayload | None = command(
        "person.answer_dispute", people.AnswerDispute, "Answer a dispute (trả lời)."
    )
    person_erase: PersonPayload | None = command(
        "person.erase",
        people.ErasePerson,
        "Destroy a record; counts stay (xóa dữ liệu).",
    )
    person_merge: PeoplePairPayload | None = command(
        "person.merge",
        people.MergePeople,
        "Take two people for one (gộp).",
        taken=_PAIR,
    )
    person_unmerge: PeoplePairPayload | None = command(
        "person.unmerge",
        people.UnmergePeople,
        "Let them be two again (tách).",
        taken=_PAIR,
    )
    duplicate_dismiss: PeoplePairPayload | None = command(
        "duplicates.dismiss",
        people.DismissDuplicate,
        "They are not the same (không trùng).",
        taken=_PAIR,
    )
