"""Commands and questions about plans of reorganisation."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import reorganisations as api
from services.registry.domain.reorganisation import ReorganisationState
from services.registry.domain.reorganisation_errors import ReorganisationUnknown
from services.registry.read_models import plan_dependants, plan_list
from services.registry.use_cases import reorganisations as use_cases
from services.registry.use_cases.execute_reorganisation import (
    Rehearsed,
    execute_reorganisation,
    undo_reorganisation,
)
from services.registry.use_cases.plan_checks import digest, problems
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import EXTRA, units_of
from services.unit_directory.tree import UnitTree

REORGANISE: Final = "units:write"
_PROBLEMS_SHOWN: Final = 100


async def reorganisation_draft(call: Call[api.DraftReorganisation]) -> Outcome:
    """Begin a plan of reorganisation under a decree."""
    change = use_cases.draft_reorganisation(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_plan(call: Call[api.PlanOperations]) -> Outcome:
    """Add new units and operations to a draft."""
    await _reload(call)
    change = use_cases.plan_operations(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_decide(call: Call[api.DecideDependants]) -> Outcome:
    """Say which units take dependants of divided units over."""
    found = await _look(call, call.body.reorganisation_id)
    ids = [one.dependant_id for one in call.body.decisions]
    units = await call.runtime.read(
        plan_dependants.units_of_dependants, found.touched, ids
    )
    change = use_cases.decide_dependants(call.body, given(call), units)
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_withdraw(call: Call[api.WithdrawReorganisation]) -> Outcome:
    """Put a draft away."""
    change = use_cases.withdraw_reorganisation(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_execute(call: Call[api.ExecuteReorganisation]) -> Outcome:
    """Carry a rehearsed plan out as one act."""
    found = await _look(call, call.body.reorganisation_id)
    content = found.plan.content
    totals = await call.runtime.read(plan_dependants.totals, found.touched)
    now = Rehearsed(
        content,
        digest(content, found.tree),
        problems(content, found.tree),
        sum(total.open for total in totals),
        await _areas_to_pass(call, found),
    )
    change = execute_reorganisation(call.body, given(call), now)
    outcome = await call.runtime.commands.run_together(change, call.key)
    await _reload(call)
    return outcome


async def reorganisation_undo(call: Call[api.UndoReorganisation]) -> Outcome:
    """Take back everything that an executed plan changed."""
    found = await _look(call, call.body.reorganisation_id)
    areas = await call.runtime.read(plan_list.areas_passed, call.body.reorganisation_id)
    change = undo_reorganisation(call.body, given(call), found.plan.content, areas)
    outcome = await call.runtime.commands.run_together(change, call.key)
    await _reload(call)
    return outcome


async def reorganisation_rehearse(
    call: Call[api.RehearseReorganisation],
) -> api.Rehearsal:
    """Tell what a plan would change, and page through what depends on it."""
    asked = call.body
    found = await _look(call, asked.reorganisation_id)
    content = found.plan.content
    totals = await call.runtime.read(plan_dependants.totals, found.touched)
    rows, has_next = await call.runtime.read(
        plan_dependants.dependants,
        found.touched,
        only_open=asked.only_open,
        first=asked.first,
        after=asked.after,
    )
    # What was executed contradicts the units that it made; only a draft is judged.
    is_draft = found.plan.state is ReorganisationState.DRAFT
    found_problems = problems(content, found.tree) if is_draft else []
    ends = len(content.endings())
    named = sum(
        len(one.unit_ids)
        for one in content.operations
        if one.kind.value in {"rename", "retype", "partial_transfer"}
    )
    return api.Rehearsal(
        reorganisation_id=asked.reorganisation_id,
        digest=digest(content, found.tree),
        establishes=len(content.new_units),
        abolishes=ends,
        changes=named,
        problems=tuple(found_problems[:_PROBLEMS_SHOWN]),
        totals=tuple(
            api.DependantTotals(
                kind=one.kind.value,
                dependants=one.dependants,
                people=one.people,
                must_decide=one.must_decide,
                open=one.open,
            )
            for one in totals
        ),
        rows=tuple(_view(found, row) for row in rows),
        has_next=has_next,
    )


async def reorganisations_get(
    call: Call[api.ReorganisationsGet],
) -> api.ReorganisationsAnswer:
    """Get plans of reorganisation by id."""
    found = await call.runtime.read(
        plan_list.get_plans, call.body.ids, callers_paths(call)
    )
    return api.ReorganisationsAnswer(rows=tuple(found.get(i) for i in call.body.ids))


async def reorganisations_list(
    call: Call[api.ReorganisationsList],
) -> api.ReorganisationList:
    """List the plans of a unit's subtree, the latest first."""
    asked = call.body
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else local_today())
    wanted = plan_list.PlanFilter(
        tree.covers(unit.id), callers_paths(call), asked.state
    )
    return await call.runtime.read(
        plan_list.list_plans, wanted, first=asked.first, after=asked.after
    )


class _Looked(NamedTuple):
    """A plan with the units of this moment and those that it touches."""

    plan: plan_list.PlanAsDrafted
    tree: UnitTree
    candidates: dict[UUID, list[UUID]]
    touched: plan_dependants.Touched


async def _look(call: Call[Any], plan_id: UUID) -> _Looked:
    await _reload(call)
    tree = units_of(call.runtime)
    plan = await call.runtime.read(plan_list.read_plan, plan_id, callers_paths(call))
    if plan is None:
        raise ReorganisationUnknown(
            field="$.reorganisation_id", reorganisation_id=plan_id
        )
    candidates = plan.content.candidates()
    touched = plan_dependants.Touched(
        plan_id,
        plan.content.effective_on,
        list(candidates),
        [unit for unit, heirs in candidates.items() if len(heirs) > 1],
    )
    return _Looked(plan, tree, candidates, touched)


async def _reload(call: Call[Any]) -> None:
    """See the units as they are now, not as the watch saw them a moment ago."""
    await call.runtime.read(call.runtime.extras[EXTRA].reload)


async def _areas_to_pass(call: Call[Any], found: _Looked) -> dict[UUID, UUID]:
    """Return the areas that no heir covers by itself, each with its new unit."""
    whole = found.plan.content.passes_whole()
    rows = await call.runtime.read(plan_dependants.areas_of, found.touched)
    passing = {}
    for area_id, unit_id, decided in rows:
        heirs = found.candidates[unit_id]
        heir = decided or (heirs[0] if len(heirs) == 1 else None)
        if unit_id not in whole and heir not in {None, unit_id}:
            passing[area_id] = heir
    return passing


def _view(found: _Looked, row: plan_dependants.Dependant) -> api.DependantView:
    heirs = found.candidates[row.unit_id]
    old = found.tree.get(row.unit_id)
    owner = None if old is None else old.parent_id
    # What is dissolved without heirs falls to the unit above, if that stays.
    above = owner if owner not in found.candidates else None
    return api.DependantView(
        kind=row.kind.value,
        id=row.id,
        unit_id=row.unit_id,
        people=row.people,
        proposed_successor_id=heirs[0] if heirs else above,
        candidate_ids=tuple(heirs),
        must_decide=len(heirs) > 1,
        decided_successor_id=row.successor_id,
        owner_unit_id=owner,
        cursor=row.cursor,
    )


VERBS: Final = (
    command(
        "reorganisation.draft",
        api.DraftReorganisation,
        reorganisation_draft,
        REORGANISE,
    ),
    command("reorganisation.plan", api.PlanOperations, reorganisation_plan, REORGANISE),
    command(
        "reorganisation.decide", api.DecideDependants, reorganisation_decide, REORGANISE
    ),
    command(
        "reorganisation.withdraw",
        api.WithdrawReorganisation,
        reorganisation_withdraw,
        REORGANISE,
    ),
    command(
        "reorganisation.execute",
        api.ExecuteReorganisation,
        reorganisation_execute,
        REORGANISE,
    ),
    command(
        "reorganisation.undo", api.UndoReorganisation, reorganisation_undo, REORGANISE
    ),
    query(
        "reorganisation.rehearse", api.RehearseReorganisation, reorganisation_rehearse
    ),
    query("reorganisations.get", api.ReorganisationsGet, reorganisations_get),
    query("reorganisations.list", api.ReorganisationsList, reorganisations_list),
)
