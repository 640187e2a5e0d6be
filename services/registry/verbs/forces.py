"""Commands and questions about forces and those who serve in them."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry.force_types import ForceTypesAnswer, ForceTypesList
from services.contracts.registry.force_units import (
    DisbandForceUnit,
    EstablishForceUnit,
    ForceUnitList,
    ForceUnitsAnswer,
    ForceUnitsGet,
    ForceUnitsList,
)
from services.contracts.registry.members import (
    CeaseMember,
    EnrolMembers,
    MembersAnswer,
    MembersList,
    WithdrawEnrolment,
)
from services.contracts.registry.strength import StrengthAnswer, StrengthGet
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.person_vault import EXTRA, PersonVault
from services.registry.read_models import (
    force_type_views,
    force_unit_list,
    member_list,
    strength,
)
from services.registry.read_models.enrolments import origin_of
from services.registry.use_cases.cease_member import cease_member
from services.registry.use_cases.disband_force_unit import disband_force_unit
from services.registry.use_cases.enrol_members import (
    NOBODY,
    enrol_members,
    known_numbers,
    known_people,
)
from services.registry.use_cases.establish_force_unit import establish_force_unit
from services.registry.use_cases.withdraw_enrolment import withdraw_enrolment
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import units_of


async def force_unit_establish(call: Call[EstablishForceUnit]) -> Outcome:
    """Set up a board, team or force in a unit."""
    change = establish_force_unit(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def force_unit_disband(call: Call[DisbandForceUnit]) -> Outcome:
    """End a force unit and everybody's service in it."""
    change = disband_force_unit(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def member_enrol(call: Call[EnrolMembers]) -> Outcome:
    """Enrol up to 100 people in a force unit, all or none."""
    vault: PersonVault = call.runtime.extras[EXTRA]
    known, members, paths = NOBODY, call.body.members, callers_paths(call)
    named = [one.person_id for one in members if one.person_id]
    if named:
        known = await call.runtime.read(known_people, vault, named, paths)
    if any(one.citizen_id or one.old_id for one in members):
        numbers = await call.runtime.read(known_numbers, vault, members, paths)
        known = known._replace(numbers=numbers)
    change = enrol_members(call.body, given(call), vault, known)
    return await call.runtime.commands.run_together(change, vault.marked(call.key))


async def member_cease(call: Call[CeaseMember]) -> Outcome:
    """End one person's service in a force unit."""
    change = cease_member(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def member_withdraw_enrolment(call: Call[WithdrawEnrolment]) -> Outcome:
    """Take an enrolment back as if it had never been."""
    vault: PersonVault = call.runtime.extras[EXTRA]
    origin = await call.runtime.read(origin_of, call.body.member_id)
    change = withdraw_enrolment(call.body, given(call), vault, origin)
    return await call.runtime.commands.run_together(change, call.key)


async def force_types_list(call: Call[ForceTypesList]) -> ForceTypesAnswer:
    """List the forces that the law knows, or knew on a day."""
    day = call.body.on
    return ForceTypesAnswer(
        rows=tuple(
            force_type_views.view(force)
            for force in FORCE_TYPES.values()
            if day is None or force.in_force.holds(day)
        )
    )


async def force_units_get(call: Call[ForceUnitsGet]) -> ForceUnitsAnswer:
    """Get force units by id, with today's headcount."""
    found = await call.runtime.read(
        force_unit_list.get_force_units,
        call.body.ids,
        callers_paths(call),
        today=local_today(),
    )
    return ForceUnitsAnswer(rows=tuple(found.get(i) for i in call.body.ids))


async def force_units_list(call: Call[ForceUnitsList]) -> ForceUnitList:
    """List the force units of a unit's subtree."""
    asked = call.body
    today = local_today()
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else asked.on or today)
    wanted = force_unit_list.ForceUnitFilter(
        tree.covers(unit.id), callers_paths(call), asked.force_type, asked.on
    )
    return await call.runtime.read(
        force_unit_list.list_force_units,
        wanted,
        today=today,
        first=asked.first,
        after=asked.after,
    )


async def members_list(call: Call[MembersList]) -> MembersAnswer:
    """List members of force units: numbers, posts and days, never names."""
    asked = call.body
    found = await call.runtime.read(
        member_list.list_members,
        asked.force_unit_ids,
        callers_paths(call),
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return MembersAnswer(
        force_units=tuple(found[force_unit] for force_unit in asked.force_unit_ids)
    )


async def strength_get(call: Call[StrengthGet]) -> StrengthAnswer:
    """Count force units and people of units' subtrees on a day."""
    on = call.body.on or local_today()
    tree = units_of(call.runtime)
    areas = {
        unit_id: tree.covers(unit_id)
        for number, unit_id in enumerate(call.body.ids)
        if tree.unit(unit_id, f"$.ids[{number}]")
    }
    counted = await call.runtime.read(
        strength.strength, areas, callers_paths(call), on=on
    )
    if call.body.terms == "as_was":
        rows = strength.as_was(counted)
    else:
        rows = strength.in_todays_terms(counted, on=on)
    return StrengthAnswer(on=on, rows=rows, terms=call.body.terms)


VERBS: Final = (
    command("force_unit.establish", EstablishForceUnit, force_unit_establish),
    command("force_unit.disband", DisbandForceUnit, force_unit_disband),
    command("member.enrol", EnrolMembers, member_enrol),
    command("member.cease", CeaseMember, member_cease),
    command("member.withdraw_enrolment", WithdrawEnrolment, member_withdraw_enrolment),
    query("force_types.list", ForceTypesList, force_types_list),
    query("force_units.get", ForceUnitsGet, force_units_get),
    query("force_units.list", ForceUnitsList, force_units_list),
    query("members.list", MembersList, members_list),
    query("strength.get", StrengthGet, strength_get),
)
