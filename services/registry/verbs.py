"""Every command and query as a handler, and as a verb of the bus.

Both doors call these: `api.py` by HTTP, the gateway by `svc.registry.v1.<verb>`.
"""

import functools
from collections.abc import Callable
from typing import Any, Final

import msgspec

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.chassis.requests import Verb
from services.contracts.registry import api
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.member_vault import EXTRA, MemberVault
from services.registry.read_models import (
    force_unit_list,
    member_list,
    unit_views,
)
from services.registry.read_models.masking import masked
from services.registry.use_cases.cease_member import cease_member
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.disband_force_unit import disband_force_unit
from services.registry.use_cases.enrol_members import enrol_members
from services.registry.use_cases.establish_force_unit import establish_force_unit
from services.unit_directory.directory import units_of

UNITS: Final = "units:read"
READ: Final = "registry:read"
WRITE: Final = "registry:write"


async def force_unit_establish(call: Call[api.EstablishForceUnit]) -> Outcome:
    """Set up a board, team or force in a unit."""
    change = establish_force_unit(call.body, _given(call))
    return await call.runtime.commands.run(change, call.key)


async def force_unit_disband(call: Call[api.DisbandForceUnit]) -> Outcome:
    """End a force unit and everybody's service in it."""
    change = disband_force_unit(call.body, _given(call))
    return await call.runtime.commands.run(change, call.key)


async def member_enrol(call: Call[api.EnrolMembers]) -> Outcome:
    """Enrol up to 100 people in a force unit, all or none."""
    vault: MemberVault = call.runtime.extras[EXTRA]
    change = enrol_members(call.body, _given(call), vault)
    return await call.runtime.commands.run(change, vault.marked(call.key))


async def member_cease(call: Call[api.CeaseMember]) -> Outcome:
    """End one person's service in a force unit."""
    change = cease_member(call.body, _given(call))
    return await call.runtime.commands.run(change, call.key)


async def units_get(call: Call[api.UnitsGet]) -> api.UnitsAnswer:
    """Get units by id."""
    tree = units_of(call.runtime)
    found = [tree.get(unit_id) for unit_id in call.body.ids]
    return api.UnitsAnswer(
        rows=tuple(unit_views.view(u, call.body.on) if u else None for u in found)
    )


async def units_resolve(call: Call[api.UnitsResolve]) -> api.UnitView:
    """Find the one unit that a code or id means on a day."""
    on = call.body.on or local_today()
    return unit_views.view(units_of(call.runtime).resolve(call.body.unit, on), on)


async def units_children(call: Call[api.UnitsChildren]) -> api.UnitsChildrenAnswer:
    """List the children of units on a day."""
    tree = units_of(call.runtime)
    asked = call.body
    on = asked.on or local_today()
    return api.UnitsChildrenAnswer(
        parents=tuple(
            unit_views.children(tree, parent, on, first=asked.first, after=asked.after)
            for parent in asked.ids
        )
    )


async def units_search(call: Call[api.UnitsSearch]) -> api.UnitList:
    """Find units by name, with or without diacritics, or by code."""
    asked = call.body
    found = units_of(call.runtime).search(
        asked.text, on=asked.on, level=asked.level, first=asked.first + 1
    )
    return unit_views.listed(found, asked.on, first=asked.first)


async def force_types_list(call: Call[api.ForceTypesList]) -> api.ForceTypesAnswer:
    """List the forces that the law knows, or knew on a day."""
    day = call.body.on
    return api.ForceTypesAnswer(
        rows=tuple(
            api.ForceTypeView(
                force_type=force.code,
                name=force.name,
                legal_basis=force.legal_basis,
                valid_from=force.in_force.first,
                valid_to=force.in_force.end,
                unit_types=tuple(sorted(force.unit_types)),
                posts=tuple(post.value for post in force.posts),
            )
            for force in FORCE_TYPES.values()
            if day is None or force.in_force.holds(day)
        )
    )


async def force_units_get(call: Call[api.ForceUnitsGet]) -> api.ForceUnitsAnswer:
    """Get force units by id, with today's headcount."""
    found = await call.runtime.read(
        force_unit_list.get_force_units,
        call.body.ids,
        _callers_paths(call),
        today=local_today(),
    )
    return api.ForceUnitsAnswer(rows=tuple(found.get(i) for i in call.body.ids))


async def force_units_list(call: Call[api.ForceUnitsList]) -> api.ForceUnitList:
    """List the force units of a unit's subtree."""
    asked = call.body
    today = local_today()
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else asked.on or today)
    wanted = force_unit_list.ForceUnitFilter(
        tree.covers(unit.id), _callers_paths(call), asked.force_type, asked.on
    )
    return await call.runtime.read(
        force_unit_list.list_force_units,
        wanted,
        today=today,
        first=asked.first,
        after=asked.after,
    )


async def members_list(call: Call[api.MembersList]) -> api.MembersAnswer:
    """List members of force units: numbers, posts and days, never names."""
    asked = call.body
    found = await call.runtime.read(
        member_list.list_members,
        asked.force_unit_ids,
        _callers_paths(call),
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return api.MembersAnswer(
        force_units=tuple(found[force_unit] for force_unit in asked.force_unit_ids)
    )


async def strength_get(call: Call[api.StrengthGet]) -> api.StrengthAnswer:
    """Count force units and people of units' subtrees on a day."""
    on = call.body.on or local_today()
    tree = units_of(call.runtime)
    areas = {
        unit_id: tree.covers(unit_id)
        for number, unit_id in enumerate(call.body.ids)
        if tree.unit(unit_id, f"$.ids[{number}]")
    }
    rows = await call.runtime.read(
        force_unit_list.strength, areas, _callers_paths(call), on=on
    )
    return api.StrengthAnswer(on=on, rows=tuple(rows))


def _given(call: Call[Any]) -> Circumstances:
    return Circumstances(call.caller, units_of(call.runtime), local_today())


def _callers_paths(call: Call[Any]) -> tuple[str, ...]:
    return units_of(call.runtime).covers_any(call.caller.unit_roots)


def _command(name: str, request: type[Any], handler: Callable[..., Any]) -> Verb[Any]:
    return Verb(name=name, request=request, handler=handler, scope=WRITE, command=True)


def _query(
    name: str, request: type[Any], handler: Callable[..., Any], scope: str = READ
) -> Verb[Any]:
    @functools.wraps(handler)
    async def cut(call: Call[Any]) -> msgspec.Struct | bytes:
        return masked(await handler(call), call.fields)

    return Verb(name=name, request=request, handler=cut, scope=scope)


VERBS: Final = (
    _command("force_unit.establish", api.EstablishForceUnit, force_unit_establish),
    _command("force_unit.disband", api.DisbandForceUnit, force_unit_disband),
    _command("member.enrol", api.EnrolMembers, member_enrol),
    _command("member.cease", api.CeaseMember, member_cease),
    _query("units.get", api.UnitsGet, units_get, UNITS),
    _query("units.resolve", api.UnitsResolve, units_resolve, UNITS),
    _query("units.children", api.UnitsChildren, units_children, UNITS),
    _query("units.search", api.UnitsSearch, units_search, UNITS),
    _query("force_types.list", api.ForceTypesList, force_types_list),
    _query("force_units.get", api.ForceUnitsGet, force_units_get),
    _query("force_units.list", api.ForceUnitsList, force_units_list),
    _query("members.list", api.MembersList, members_list),
    _query("strength.get", api.StrengthGet, strength_get),
)
