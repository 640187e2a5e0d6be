"""Commands and questions about rights that are handed on."""

from typing import Final

from services.access_directory.holdings import EXTRA, Holdings
from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import access as shapes
from services.registry.domain.roles import ROLES
from services.registry.read_models import access_grants
from services.registry.use_cases.approve_access import approve_access
from services.registry.use_cases.grant_access import grant_access
from services.registry.use_cases.revoke_access import revoke_access
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import units_of
from services.unit_directory.rights import roots_over

READ: Final = "access:read"
GRANT: Final = "access:grant"
APPROVE: Final = "access:approve"


async def access_grant(call: Call[shapes.GrantAccess]) -> Outcome:
    """Hand a role on to another account, for some days, in a unit of one's own."""
    holdings: Holdings = call.runtime.extras[EXTRA]
    # What the caller holds in all, not what this door's scope left of it.
    whole = call.runtime.verifier.verify(call.caller.token)
    change = grant_access(call.body, given(call), holdings.of(whole))
    outcome = await call.runtime.commands.run(change, call.key)
    await call.runtime.read(holdings.reload)
    return outcome


async def access_approve(call: Call[shapes.ApproveAccess]) -> Outcome:
    """Let a sensitive grant count, as a second person."""
    change = approve_access(call.body, given(call))
    outcome = await call.runtime.commands.run(change, call.key)
    await call.runtime.read(call.runtime.extras[EXTRA].reload)
    return outcome


async def access_revoke(call: Call[shapes.RevokeAccess]) -> Outcome:
    """Take a grant back from today on."""
    change = revoke_access(call.body, given(call))
    outcome = await call.runtime.commands.run(change, call.key)
    await call.runtime.read(call.runtime.extras[EXTRA].reload)
    return outcome


async def access_roles(call: Call[shapes.AccessRoles]) -> shapes.AccessRolesAnswer:
    """List the bundles of rights that can be handed on."""
    del call
    return shapes.AccessRolesAnswer(
        rows=tuple(
            shapes.RoleView(
                role=role.code,
                name_vi=role.name_vi,
                name_en=role.name_en,
                scopes=tuple(sorted(role.scopes)),
                longest_days=role.longest_days,
                sensitive=role.sensitive,
            )
            for role in sorted(ROLES.values())
        )
    )


async def access_list(call: Call[shapes.AccessList]) -> shapes.GrantList:
    """List the grants in a unit's subtree."""
    asked = call.body
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else local_today())
    return await call.runtime.read(
        access_grants.grants_in_area,
        (tree.covers(unit.id), callers_paths(call)),
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )


async def access_who(call: Call[shapes.WhoCanSee]) -> shapes.GrantList:
    """Tell who reaches a unit by a grant: from it, from above, or as its heir."""
    asked = call.body
    tree, on = units_of(call.runtime), call.body.on or local_today()
    unit = tree.resolve(asked.unit, None if asked.unit.id else on)
    tree.require_within(call.caller, unit.id, "$.unit")
    roots = [r for r in roots_over(tree, unit.id, on) if tree.unit(r).in_force(on)]
    return await call.runtime.read(
        access_grants.grants_by_roots,
        roots,
        asked.scope,
        on=on,
        first=asked.first,
        after=asked.after,
    )


async def access_mine(call: Call[shapes.AccessMine]) -> shapes.MyRights:
    """Tell a caller what it holds today; a valid token is all that is asked for."""
    holdings: Holdings = call.runtime.extras[EXTRA]
    return shapes.MyRights(
        rows=tuple(
            shapes.HeldRight(
                scopes=tuple(sorted(one.scopes)), unit_id=one.root, last_day=one.until
            )
            for one in holdings.of(call.caller)
        )
    )


VERBS: Final = (
    command("access.grant", shapes.GrantAccess, access_grant, GRANT),
    command("access.approve", shapes.ApproveAccess, access_approve, APPROVE),
    command("access.revoke", shapes.RevokeAccess, access_revoke, GRANT),
    query("access.roles", shapes.AccessRoles, access_roles, READ),
    query("access.list", shapes.AccessList, access_list, READ),
    query("access.who", shapes.WhoCanSee, access_who, READ),
    query("access.mine", shapes.AccessMine, access_mine, None),
)
