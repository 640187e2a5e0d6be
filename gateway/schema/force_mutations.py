"""Commands about forces and their members."""

from typing import Any

import strawberry

from gateway.schema.base import Root, global_id, resolved
from gateway.schema.command_table import command, commands
from gateway.schema.forces import ForceUnit
from gateway.schema.payloads import object_of, payload
from services.contracts.registry import force_counts, force_units, members


def _member_ids(root: Root) -> Any:
    one = root.get("member_id")
    named = root.get("member_ids", () if one is None else (one,))
    return [global_id("Member", one) for one in named]


@payload
class ForceUnitPayload:
    """Answer to a command about a board, team or force."""

    force_unit: ForceUnit | None = object_of(
        "ForceUnit", "force_unit_id", "The board, team or force."
    )


@payload
class MembersPayload:
    """Answer to a command about members of a force."""

    force_unit: ForceUnit | None = object_of(
        "ForceUnit", "force_unit_id", "The board, team or force."
    )
    member_ids: list[strawberry.ID] = resolved(
        _member_ids, "Ids of the members, in the order of the input."
    )


@commands("registry")
class ForceMutations:
    """Commands about forces and members, part of Mutation."""

    force_unit_establish: ForceUnitPayload | None = command(
        "force_unit.establish",
        force_units.EstablishForceUnit,
        "Set up a board or team (thành lập).",
    )
    force_unit_disband: ForceUnitPayload | None = command(
        "force_unit.disband",
        force_units.DisbandForceUnit,
        "End a board or team (giải thể).",
    )
    force_unit_report_headcount: ForceUnitPayload | None = command(
        "force_unit.report_headcount",
        force_counts.ReportHeadcount,
        "Report the number of a force without a roster (báo cáo quân số).",
    )
    member_enrol: MembersPayload | None = command(
        "member.enrol",
        members.EnrolMembers,
        "Enrol people in a force (tuyển chọn).",
        keeps=("force_unit_id",),
    )
    member_cease: MembersPayload | None = command(
        "member.cease",
        members.CeaseMember,
        "End a person's service (thôi tham gia).",
        keeps=("force_unit_id",),
    )
    member_withdraw_enrolment: MembersPayload | None = command(
        "member.withdraw_enrolment",
        members.WithdrawEnrolment,
        "Take an enrolment back that was entered by mistake (rút việc ghi công nhận).",
        keeps=("force_unit_id",),
    )
