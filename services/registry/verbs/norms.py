"""Questions about norms and gaps, and the terms for which forces were chosen."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import norms as shapes
from services.registry.read_models import gaps, norm_views
from services.registry.use_cases.begin_term import begin_term
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import units_of


async def force_unit_begin_term(call: Call[shapes.BeginTerm]) -> Outcome:
    """Say for how long a force was chosen."""
    change = begin_term(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def norms_list(call: Call[shapes.NormsList]) -> shapes.NormsAnswer:
    """List the norms of team size that bind a unit on a day."""
    asked = call.body
    tree = units_of(call.runtime)
    path = None
    if asked.unit is not None:
        on = asked.on or local_today()
        path = tree.resolve(asked.unit, None if asked.unit.id else on).path
    found = norm_views.norms_on(tree, asked.on, path)
    return shapes.NormsAnswer(
        rows=tuple(norm_views.view(norm, province) for norm, province in found)
    )


async def gaps_list(call: Call[shapes.GapsList]) -> shapes.GapsAnswer:
    """List what is missing in the communes of a subtree on a day."""
    asked = call.body
    on = asked.on or local_today()
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else on)
    wanted = gaps.GapFilter(
        tree.covers(unit.id), callers_paths(call), on, asked.within_days
    )
    return await call.runtime.read(
        gaps.list_gaps, wanted, tree, first=asked.first, after=asked.after
    )


VERBS: Final = (
    command("force_unit.begin_term", shapes.BeginTerm, force_unit_begin_term),
    query("norms.list", shapes.NormsList, norms_list),
    query("gaps.list", shapes.GapsList, gaps_list),
)
