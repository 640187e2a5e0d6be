"""Commands about rights that are handed on."""

import strawberry

from gateway.schema.base import column
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import id_of, payload
from services.contracts.registry import access


@payload
class AccessPayload:
    """Answer to a command about a right that is handed on."""

    grant_id: strawberry.ID | None = id_of(
        "AccessGrant", "grant_id", "Id of the grant."
    )
    needs_approval: bool | None = column("Whether a second person has to approve it.")


@commands("registry")
class AccessMutations:
    """Commands about rights, part of Mutation."""

    access_grant: AccessPayload | None = command(
        "access.grant", access.GrantAccess, "Hand a role on, for some days (cấp quyền)."
    )
    access_approve: AccessPayload | None = command(
        "access.approve",
        access.ApproveAccess,
        "Let a sensitive grant count (duyệt quyền).",
    )
    access_revoke: AccessPayload | None = command(
        "access.revoke", access.RevokeAccess, "Take a grant back (thu hồi quyền)."
    )
