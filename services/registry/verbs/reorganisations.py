"""Commands and questions about plans of reorganisation."""

from typing import Any, Final
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import reorganisations as api
from services.registry.domain.dependant_kinds import KEPT, DependantKind
from services.registry.domain.reorganisation import ReorganisationState
from services.registry.read_models import plan_dependants, plan_list
from services.registry.read_models.hierarchy_list import read_named
from services.registry.use_cases import reorganisations as use_cases
from services.registry.use_cases.closing_rings import rings_of_undoing
from services.registry.use_cases.execute_reorganisation import (
    Passed,
    Rehearsed,
    execute_reorganisation,
    undo_reorganisation,
)
from services.registry.use_cases.plan_checks import digest, problems
from services.registry.verbs.making import callers_paths, command, given, query
from services.registry.verbs.rehearsing import (
    Looked,
    gather,
    look,
    page,
    reload,
    totals,
)
from services.unit_directory.directory import units_of

REORGANISE: Final = "units:write"
_PROBLEMS_SHOWN: Final = 100


async def reorganisation_draft(call: Call[api.DraftReorganisation]) -> Outcome:
    """Begin a plan of reorganisation under a decree."""
    change = use_cases.draft_reorganisation(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_plan(call: Call[api.PlanOperations]) -> Outcome:
    """Add new units and operations to a draft."""
    await reload(call)
    change = use_cases.plan_operations(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_decide(call: Call[api.DecideDependants]) -> Outcome:
    """Say which units take dependants of divided units over."""
    found = await look(call, call.body.reorganisation_id)
    ids = [one.dependant_id for one in call.body.decisions]
    units = await call.runtime.read(
        plan_dependants.units_of_dependants, found.touched, ids
    )
    change = use_cases.decide_dependants(
        call.body, given(call), units | _groups_named(call.body, found)
    )
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_withdraw(call: Call[api.WithdrawReorganisation]) -> Outcome:
    """Put a draft away."""
    change = use_cases.withdraw_reorganisation(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def reorganisation_execute(call: Call[api.ExecuteReorganisation]) -> Outcome:
    """Carry a rehearsed plan out as one act."""
    found = await look(call, call.body.reorganisation_id)
    content = found.plan.content
    singles = await call.runtime.read(plan_dependants.totals, found.touched)
    gathered = await gather(call, found, found.touched.divided)
    now = Rehearsed(
        content,
        digest(content, found.tree),
        problems(content, found.tree, await call.runtime.read(read_named)),
        sum(total.open for total in singles) + gathered.open,
        await _passing(call, found, DependantKind.RESIDENTIAL_AREA),
        await _passing(call, found, DependantKind.FORCE_UNIT),
        tuple(gathered.silent),
    )
    change = execute_reorganisation(call.body, given(call), now)
    outcome = await call.runtime.commands.run_together(change, call.key)
    await reload(call)
    return outcome


async def reorganisation_undo(call: Call[api.UndoReorganisation]) -> Outcome:
    """Take back everything that an executed plan changed."""
    found = await look(call, call.body.reorganisation_id)
    passed = Passed(
        *await call.runtime.read(plan_list.passed_on, call.body.reorganisation_id)
    )
    rings = rings_of_undoing(
        found.plan.content, found.tree, await call.runtime.read(read_named)
    )
    content = found.plan.content
    change = undo_reorganisation(call.body, given(call), content, passed, rings)
    outcome = await call.runtime.commands.run_together(change, call.key)
    await reload(call)
    return outcome


async def reorganisation_rehearse(
    call: Call[api.RehearseReorganisation],
) -> api.Rehearsal:
    """Tell what a plan would change, and page through what depends on it."""
    asked = call.body
    found = await look(call, asked.reorganisation_id)
    content = found.plan.content
    singles = await call.runtime.read(plan_dependants.totals, found.touched)
    gathered = await gather(call, found, found.touched.units)
    rows, has_next = await page(call, found, gathered.groups)
    # What was executed contradicts the units that it made; only a draft is judged.
    is_draft = found.plan.state is ReorganisationState.DRAFT
    named = await call.runtime.read(read_named) if is_draft else []
    found_problems = problems(content, found.tree, named) if is_draft else []
    ends = len(content.endings())
    changes = sum(
        len(one.unit_ids)
        for one in content.operations
        if one.kind.value in {"rename", "retype", "partial_transfer"}
    )
    return api.Rehearsal(
        reorganisation_id=asked.reorganisation_id,
        digest=digest(content, found.tree),
        establishes=len(content.new_units),
        abolishes=ends,
        changes=changes,
        problems=tuple(found_problems[:_PROBLEMS_SHOWN]),
        totals=tuple(totals(singles, gathered.groups)),
        rows=tuple(rows),
        has_next=has_next,
        silent=tuple(
            api.SilentService(service=service, code=code)
            for service, code in sorted(gathered.silent.items())
        ),
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


def _groups_named(
    command: api.DecideDependants, found: Looked
) -> dict[tuple[DependantKind, UUID], UUID]:
    """Return the groups that are decided on; the id of a group is its unit's.

    Whether there is anything in it is not asked: who keeps a kind keeps also what is
    recorded late.
    """
    named = ((DependantKind(one.kind), one.dependant_id) for one in command.decisions)
    return {
        (kind, unit_id): unit_id
        for kind, unit_id in named
        if kind in KEPT and unit_id in found.candidates
    }


async def _passing(
    call: Call[Any], found: Looked, kind: DependantKind
) -> dict[UUID, UUID]:
    """Return the dependants of a kind that no heir covers, each with its new unit."""
    whole = found.plan.content.passes_whole()
    rows = await call.runtime.read(plan_dependants.of_kind, found.touched, kind)
    passing = {}
    for dependant_id, unit_id, decided in rows:
        heirs = found.candidates[unit_id]
        heir = decided or (heirs[0] if len(heirs) == 1 else None)
        if unit_id not in whole and heir not in {None, unit_id}:
            passing[dependant_id] = heir
    return passing


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
