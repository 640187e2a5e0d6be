"""Questions about administrative units."""

import asyncio
from datetime import date, datetime
from typing import Any, Final

from services.chassis.calls import Call
from services.chassis.clock import local_date, local_today
from services.contracts.registry.unit_views import (
    UnitList,
    UnitsAnswer,
    UnitsChildren,
    UnitsChildrenAnswer,
    UnitsGet,
    UnitsResolve,
    UnitsSearch,
    UnitView,
)
from services.registry.read_models import unit_views
from services.registry.read_models.known_units import EXTRA, KnownUnits
from services.registry.verbs.making import UNITS, query
from services.unit_directory.directory import units_of
from services.unit_directory.tree import UnitTree
from services.unit_directory.unit_finder import UnitFinder, finder_of, is_ready
from services.unit_directory.unit_search import Sought, search


async def tree_of(call: Call[Any], known_at: datetime | None) -> UnitTree:
    """Return the units as known at a moment (None: now).

    Raises UnitsNotLoaded, MomentBeforeRegister.
    """
    if known_at is None:
        return units_of(call.runtime)
    known: KnownUnits = call.runtime.extras[EXTRA]
    return await known.tree(call.runtime, known_at)


def day_of(on: date | None, known_at: datetime | None) -> date:
    """Return the day asked for; without one that of the moment, or today."""
    if on is not None:
        return on
    return local_today() if known_at is None else local_date(known_at)


async def finder_for(tree: UnitTree) -> UnitFinder:
    """Return the finder of a tree; each tree needs it made once, beside the loop."""
    if is_ready(tree):
        return finder_of(tree)
    return await asyncio.to_thread(finder_of, tree)


async def units_get(call: Call[UnitsGet]) -> UnitsAnswer:
    """Get units by id."""
    tree = await tree_of(call, call.body.known_at)
    on = day_of(call.body.on, call.body.known_at)
    found = [tree.get(unit_id) for unit_id in call.body.ids]
    return UnitsAnswer(rows=tuple(unit_views.view(u, on) if u else None for u in found))


async def units_resolve(call: Call[UnitsResolve]) -> UnitView:
    """Find the one unit that a code or id means on a day."""
    asked = call.body
    on = day_of(asked.on, asked.known_at)
    tree = await tree_of(call, asked.known_at)
    return unit_views.view(tree.resolve(asked.unit, on), on)


async def units_children(call: Call[UnitsChildren]) -> UnitsChildrenAnswer:
    """List the children of units on a day."""
    asked = call.body
    tree = await tree_of(call, asked.known_at)
    on = day_of(asked.on, asked.known_at)
    return UnitsChildrenAnswer(
        parents=tuple(
            unit_views.children(tree, parent, on, first=asked.first, after=asked.after)
            for parent in asked.ids
        )
    )


async def units_search(call: Call[UnitsSearch]) -> UnitList:
    """Find units by name, with or without diacritics, or by code."""
    asked = call.body
    tree = await tree_of(call, asked.known_at)
    finder = await finder_for(tree)
    sought = Sought(asked.text, asked.on, asked.level)
    found = search(tree, finder, sought, asked.first + 1)
    on = day_of(asked.on, asked.known_at)
    return unit_views.listed(found, on, first=asked.first)


VERBS: Final = (
    query("units.get", UnitsGet, units_get, UNITS),
    query("units.resolve", UnitsResolve, units_resolve, UNITS),
    query("units.children", UnitsChildren, units_children, UNITS),
    query("units.search", UnitsSearch, units_search, UNITS),
)
