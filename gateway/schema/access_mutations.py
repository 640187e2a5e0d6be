"""Commands about rights that are handed on."""

import enum
from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import APPROVE_ACCESS, GRANT_ACCESS, REVOKE_ACCESS
from gateway.schema.base import (
    Info,
    Root,
    argument,
    choice,
    column,
    global_id,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.references import UnitRef, unit_ref

_ERRORS = "Why the command was refused; empty when it was carried out."


@choice
class AccessRevocationReason(enum.Enum):
    """Why a right is taken back (lý do thu hồi)."""

    NO_LONGER_NEEDED = strawberry.enum_value(
        "no_longer_needed", description="Không còn cần."
    )
    LEFT_OFFICE = strawberry.enum_value("left_office", description="Thôi nhiệm vụ.")
    MISUSE = strawberry.enum_value("misuse", description="Lạm dụng.")
    MISTAKE = strawberry.enum_value("mistake", description="Cấp nhầm.")


def _grant_id(root: Root) -> Any:
    found = root.get("grant_id")
    return None if found is None else global_id("AccessGrant", found)


@output
class AccessPayload:
    """Answer to a command about a right that is handed on."""

    grant_id: strawberry.ID | None = resolved(_grant_id, "Id of the grant.")
    needs_approval: bool | None = column("Whether a second person has to approve it.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class AccessGrantInput:
    """A role to hand on to another account (cấp quyền)."""

    subject: str = column("Account that is to have it.")
    role: str = column("Code of the role (vai trò).")
    unit: UnitRef = column("Root of its area (đơn vị).")
    first_day: date = column("First day (từ ngày).")
    last_day: date = column("Last day, inclusive (đến hết ngày).")
    idempotency_key: str | None = key_field()


@taken
class AccessApproveInput:
    """A sensitive grant to let count, as a second person (duyệt)."""

    grant_id: strawberry.ID = column("Which grant.")
    idempotency_key: str | None = key_field()


@taken
class AccessRevokeInput:
    """A grant to take back from today on (thu hồi)."""

    grant_id: strawberry.ID = column("Which grant.")
    reason: AccessRevocationReason = column("Why (lý do).")
    idempotency_key: str | None = key_field()


async def access_grant(
    info: Info,
    input: Annotated[AccessGrantInput, argument("The right.")],  # noqa: A002
) -> Any:
    """Answer Mutation.accessGrant."""
    return await carried_out(
        info,
        GRANT_ACCESS,
        input,
        lambda: {
            "subject": input.subject,
            "role": input.role,
            "unit": unit_ref(input.unit),
            "first_day": input.first_day,
            "last_day": input.last_day,
        },
    )


async def access_approve(
    info: Info,
    input: Annotated[AccessApproveInput, argument("The approval.")],  # noqa: A002
) -> Any:
    """Answer Mutation.accessApprove."""
    return await carried_out(
        info,
        APPROVE_ACCESS,
        input,
        lambda: {"grant_id": identity(input.grant_id, "AccessGrant", "grantId")},
    )


async def access_revoke(
    info: Info,
    input: Annotated[AccessRevokeInput, argument("The taking back.")],  # noqa: A002
) -> Any:
    """Answer Mutation.accessRevoke."""
    return await carried_out(
        info,
        REVOKE_ACCESS,
        input,
        lambda: {
            "grant_id": identity(input.grant_id, "AccessGrant", "grantId"),
            "reason": input.reason.value,
        },
    )
