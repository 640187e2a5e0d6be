"""What is found when a plan of reorganisation is looked through: asked by its verbs.

The plan with the units of this moment, and all that depends on them: the registry's own
rows one by one, and groups, also those of other services.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from services.chassis.calls import Call
from services.chassis.lists import cursor_of, key_of
from services.contracts.dependants import DependantGroup
from services.contracts.registry import reorganisations as api
from services.registry.domain.reorganisation_errors import ReorganisationUnknown
from services.registry.read_models import plan_dependants, plan_groups, plan_list
from services.registry.verbs.dependants_asked import ask_services
from services.registry.verbs.making import callers_paths
from services.unit_directory.directory import EXTRA, units_of
from services.unit_directory.lineage import with_absorbed
from services.unit_directory.tree import UnitTree

_OURS = "registry"


class Looked(NamedTuple):
    """A plan with the units of this moment and those that it touches."""

    plan: plan_list.PlanAsDrafted
    tree: UnitTree
    candidates: dict[UUID, list[UUID]]
    touched: plan_dependants.Touched


class Group(NamedTuple):
    """So many of one kind at one unit, whose they are, and who was chosen."""

    service: str
    told: DependantGroup
    path: str
    must_decide: bool
    successor_id: UUID | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to be chosen yet."""
        return self.must_decide and self.successor_id is None

    @property
    def key(self) -> tuple[str, str, UUID]:
        """Where it stands in the list of dependants."""
        return (self.path, self.told.kind, self.told.unit_id)


class Gathered(NamedTuple):
    """Every group at some units, and the services that did not tell theirs."""

    groups: list[Group]
    silent: dict[str, str]

    @property
    def open(self) -> int:
        """How many groups wait for a decision."""
        return sum(group.is_open for group in self.groups)


async def look(call: Call[Any], plan_id: UUID) -> Looked:
    """Return a plan of the caller's area. Raises ReorganisationUnknown."""
    await reload(call)
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
        dict(_absorbed(tree, candidates)),
    )
    return Looked(plan, tree, candidates, touched)


def _absorbed(tree: UnitTree, units: Iterable[UUID]) -> Iterator[tuple[UUID, UUID]]:
    for unit_id in units:
        unit = tree.get(unit_id)
        for one in () if unit is None else with_absorbed(tree, unit):
            if one.id != unit_id:
                yield one.id, unit_id


async def reload(call: Call[Any]) -> None:
    """See the units as they are now, not as the watch saw them a moment ago."""
    await call.runtime.read(call.runtime.extras[EXTRA].reload)


async def gather(call: Call[Any], found: Looked, units: Sequence[UUID]) -> Gathered:
    """Count what goes on at some of the plan's units, asking the other services.

    Without units nobody is asked: whole mergers leave nothing to decide.
    """
    if not units:
        return Gathered([], {})
    touched = found.touched._replace(units=units)
    own = await call.runtime.read(plan_groups.own_groups, found.tree, touched)
    asked = await ask_services(call, units, touched.effective_on)
    chosen = await call.runtime.read(
        plan_groups.group_decisions, touched.reorganisation_id
    )
    divided = set(touched.divided)
    groups = [
        Group(
            service,
            told,
            found.tree.path(told.unit_id),
            told.goes_on and told.unit_id in divided,
            chosen.get((told.kind, told.unit_id)),
        )
        for service, told in (*((_OURS, one) for one in own), *asked.groups)
    ]
    return Gathered(sorted(groups, key=lambda group: group.key), asked.silent)


def totals(
    singles: Iterable[plan_dependants.Totals], groups: Sequence[Group]
) -> Iterator[api.DependantTotals]:
    """Count every kind: the registry's single rows first, then groups."""
    for one in singles:
        yield api.DependantTotals(
            kind=one.kind.value,
            dependants=one.dependants,
            people=one.people,
            must_decide=one.must_decide,
            open=one.open,
        )
    for kind in sorted({group.told.kind for group in groups}):
        mine = [group for group in groups if group.told.kind == kind]
        yield api.DependantTotals(
            kind=kind,
            dependants=sum(group.told.how_many or 0 for group in mine),
            people=0,
            must_decide=sum(group.must_decide for group in mine),
            open=sum(group.is_open for group in mine),
            untold=sum(group.told.how_many is None for group in mine),
        )


async def page(
    call: Call[api.RehearseReorganisation], found: Looked, groups: Sequence[Group]
) -> tuple[list[api.DependantView], bool]:
    """Return a page of all dependants by place, kind and id. Raises CursorInvalid."""
    asked = call.body
    rows, more = await call.runtime.read(
        plan_dependants.dependants,
        found.touched,
        only_open=asked.only_open,
        first=asked.first,
        after=asked.after,
    )
    after = None if asked.after is None else key_of(asked.after, tuple[str, str, UUID])
    behind = [
        group
        for group in groups
        if (after is None or group.key > after)
        and (group.is_open or not asked.only_open)
    ]
    view = _viewing(found)
    merged = [
        *((key_of(row.cursor, tuple[str, str, UUID]), view(row)) for row in rows),
        *((group.key, view(group)) for group in behind[: asked.first + 1]),
    ]
    merged.sort(key=lambda one: one[0])
    shown = [row for _, row in merged[: asked.first]]
    return shown, more or len(merged) > asked.first


def _viewing(
    found: Looked,
) -> Callable[[plan_dependants.Dependant | Group], api.DependantView]:
    def view(row: plan_dependants.Dependant | Group) -> api.DependantView:
        if isinstance(row, Group):
            told = row.told
            return _view(
                found,
                told.unit_id,
                kind=told.kind,
                id=told.unit_id,
                must_decide=row.must_decide,
                decided_successor_id=row.successor_id,
                cursor=cursor_of(*row.key),
                service=row.service,
                how_many=told.how_many,
            )
        return _view(
            found,
            row.unit_id,
            kind=row.kind.value,
            id=row.id,
            people=row.people,
            must_decide=len(found.candidates[row.unit_id]) > 1,
            decided_successor_id=row.successor_id,
            cursor=row.cursor,
        )

    return view


def _view(found: Looked, unit_id: UUID, **told: Any) -> api.DependantView:
    heirs = found.candidates[unit_id]
    old = found.tree.get(unit_id)
    owner = None if old is None else old.parent_id
    # What is dissolved without heirs falls to the unit above, if that stays.
    above = owner if owner not in found.candidates else None
    return api.DependantView(
        unit_id=unit_id,
        proposed_successor_id=heirs[0] if heirs else above,
        candidate_ids=tuple(heirs),
        owner_unit_id=owner,
        **told,
    )
