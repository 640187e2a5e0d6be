"""Questions about rosters in Excel."""

import asyncio
from datetime import date
from typing import Any

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import imports as shapes
from services.contracts.registry.units import UnitRef
from services.registry.documents import roster_book
from services.registry.documents.roster_book import Choices
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit, lies_within


async def roster_template(call: Call[shapes.RosterTemplate]) -> bytes:
    """Give an empty roster in Excel, made of the lists that are in force today."""
    today = local_today()
    unit = own_unit(call, UnitRef(call.body.unit_id, call.body.unit_code), today)
    choices = choices_of(call, unit, today)
    return await asyncio.to_thread(roster_book.template, choices)


def own_unit(call: Call[Any], ref: UnitRef, on: date) -> Unit:
    """Return a unit of the caller's area. Raises the refusals of units."""
    tree = units_of(call.runtime)
    unit = tree.resolve(ref, None if ref.id else on)
    tree.require_within(call.caller, unit.id, "$.unit")
    return unit


def choices_of(call: Call[Any], unit: Unit, today: date) -> Choices:
    """Return the lists that a roster of the unit offers: the communes in force."""
    tree = units_of(call.runtime)
    covered = tree.covers(unit.id)
    communes = sorted(
        (one.code, one.named(today).name)
        for one in tree
        if one.level == "commune"
        and one.in_force(today)
        and lies_within(one.path, covered)
    )
    return Choices([f"{code} - {name}" for code, name in communes], today)
