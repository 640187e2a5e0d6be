"""Commands about forces and their members."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import CEASE, DISBAND, ENROL, ESTABLISH, HEADCOUNT
from gateway.schema.base import (
    Info,
    Root,
    argument,
    column,
    global_id,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.decisions import DecisionInput
from gateway.schema.enums import CessationGround, ForceType, Post
from gateway.schema.forces import ForceUnit
from gateway.schema.life_papers import ConditionsInput, EvidenceInput
from gateway.schema.orders import parts
from gateway.schema.people_enums import SchoolLevel
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related
from gateway.schema.scalars import Count

_ERRORS = "Why the command was refused; empty when it was carried out."
_IDS = {
    "force_unit_id": "ForceUnit",
    "member_id": "Member",
    "person_id": "Person",
    "unit_id": "Unit",
}


async def _force_unit(root: Root, info: Info) -> Any:
    return await related(info, "ForceUnit", root.get("force_unit_id"))


def _member_ids(root: Root) -> Any:
    return [global_id("Member", one) for one in root.get("member_ids", ())]


@output
class ForceUnitPayload:
    """Answer to a command about a board, team or force."""

    force_unit: ForceUnit | None = resolved(_force_unit, "The board, team or force.")
    user_errors: list[UserError] = column(_ERRORS)


@output
class MembersPayload:
    """Answer to a command about members of a force."""

    force_unit: ForceUnit | None = resolved(_force_unit, "The board, team or force.")
    member_ids: list[strawberry.ID] = resolved(
        _member_ids, "Ids of the members, in the order of the input."
    )
    user_errors: list[UserError] = column(_ERRORS)


@taken
class ForceUnitEstablishInput:
    """A board, team or force to set up (thành lập)."""

    force_type: ForceType = column("Which force (loại hình).")
    unit: UnitRef = column("Unit it serves (đơn vị).")
    established_on: date = column("First day (ngày thành lập).")
    name: str | None = strawberry.field(default=None, description="Own name, if any.")
    idempotency_key: str | None = key_field()


@taken
class ForceUnitDisbandInput:
    """A board, team or force to end (giải thể)."""

    force_unit_id: strawberry.ID = column("Which one.")
    disbanded_on: date = column("First day without it (ngày giải thể).")
    idempotency_key: str | None = key_field()


@taken
class ForceUnitReportHeadcountInput:
    """How many serve in a force that keeps no roster (quân số báo cáo)."""

    force_unit_id: strawberry.ID = column("Which force.")
    counted_on: date = column("The day that the number is of (ngày tính).")
    members: Count = column("People (số người).")
    idempotency_key: str | None = key_field()


@taken
class NewMember:
    """A person to enrol: new by name, or known by id; who it is, is sealed."""

    enrolled_on: date = column("First day (ngày tham gia).")
    full_name: str | None = strawberry.field(
        default=None, description="Full name of somebody new (họ và tên)."
    )
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody known instead."
    )
    post: Post = strawberry.field(default=Post.MEMBER, description="Post (chức danh).")
    birth_date: date | None = strawberry.field(
        default=None, description="Date of birth."
    )
    citizen_id: str | None = strawberry.field(
        default=None, description="Personal number, 12 digits."
    )
    old_id: str | None = strawberry.field(
        default=None, description="Old number, 9 digits."
    )
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    school_level: SchoolLevel | None = strawberry.field(
        default=None, description="Schooling completed."
    )
    resident_since: date | None = strawberry.field(
        default=None, description="Resident here since."
    )
    decision: DecisionInput | None = strawberry.field(
        default=None, description="Decision of this one, before that of the list."
    )
    conditions: ConditionsInput | None = strawberry.field(
        default=None, description="What shows the conditions of Đ.13."
    )


@taken
class MemberEnrolInput:
    """Up to 100 people to enrol in one force, all or none (tuyển chọn)."""

    force_unit_id: strawberry.ID = column("Board, team or force.")
    members: list[NewMember] = column("The people.")
    decision: DecisionInput | None = strawberry.field(
        default=None, description="Decision that recognised them (quyết định)."
    )
    idempotency_key: str | None = key_field()


@taken
class MemberCeaseInput:
    """The end of one person's service (thôi tham gia)."""

    force_unit_id: strawberry.ID = column("Board, team or force.")
    member_id: strawberry.ID = column("The member.")
    ceased_on: date = column("First day without (ngày thôi).")
    ground: CessationGround = column("Why (lý do).")
    decision: DecisionInput | None = strawberry.field(
        default=None, description="The decision (quyết định)."
    )
    evidence: EvidenceInput | None = strawberry.field(
        default=None, description="Papers behind the ground (tài liệu)."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Version of the membership that was seen."
    )
    idempotency_key: str | None = key_field()


async def force_unit_establish(
    info: Info,
    input: Annotated[ForceUnitEstablishInput, argument("What to set up.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forceUnitEstablish."""
    return await carried_out(
        info,
        ESTABLISH,
        input,
        lambda: {
            "force_type": input.force_type.value,
            "unit": unit_ref(input.unit),
            "established_on": input.established_on,
            "name": input.name,
        },
    )


async def force_unit_disband(
    info: Info,
    input: Annotated[ForceUnitDisbandInput, argument("What to end.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forceUnitDisband."""
    return await carried_out(
        info,
        DISBAND,
        input,
        lambda: {
            "force_unit_id": identity(
                input.force_unit_id, "ForceUnit", "force_unit_id"
            ),
            "disbanded_on": input.disbanded_on,
        },
    )


async def force_unit_report_headcount(
    info: Info,
    input: Annotated[ForceUnitReportHeadcountInput, argument("What to report.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forceUnitReportHeadcount."""
    return await carried_out(
        info,
        HEADCOUNT,
        input,
        lambda: {
            "force_unit_id": identity(
                input.force_unit_id, "ForceUnit", "force_unit_id"
            ),
            "counted_on": input.counted_on,
            "members": input.members,
        },
    )


async def member_enrol(
    info: Info,
    input: Annotated[MemberEnrolInput, argument("Whom to enrol.")],  # noqa: A002
) -> Any:
    """Answer Mutation.memberEnrol."""
    payload = await carried_out(info, ENROL, input, lambda: parts(input, _IDS))
    return _with_force_unit(payload, input.force_unit_id)


async def member_cease(
    info: Info,
    input: Annotated[MemberCeaseInput, argument("Whose service ends.")],  # noqa: A002
) -> Any:
    """Answer Mutation.memberCease."""
    payload = await carried_out(info, CEASE, input, lambda: parts(input, _IDS))
    if "member_id" in payload:
        payload["member_ids"] = [payload["member_id"]]
    return _with_force_unit(payload, input.force_unit_id)


def _with_force_unit(payload: dict[str, Any], force_unit_id: str) -> dict[str, Any]:
    if not payload["user_errors"]:
        payload["force_unit_id"] = identity(force_unit_id, "ForceUnit", "force_unit_id")
    return payload
