"""Plans of reorganisation: what a decree does to units, rehearsed and executed."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    Node,
    Root,
    argument,
    column,
    output,
    resolved,
)
from gateway.schema.connections import Connection, PageInfo, connection, page
from gateway.schema.enums import PlanState
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related, unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import reorganisations as plans

REORGANISATIONS: Final = Question(
    "registry", "reorganisations.list", plans.ReorganisationsList
)
REHEARSE: Final = Question(
    "registry", "reorganisation.rehearse", plans.RehearseReorganisation
)


def _unit(column_name: str) -> Any:
    async def resolve(root: Root, info: Info) -> Any:
        return await related(info, "Unit", root[column_name])

    return resolve


def _candidates(root: Root, info: Info) -> Any:
    return [related(info, "Unit", one) for one in root["candidate_ids"]]


@output
class PlanProblem:
    """A contradiction between a plan and the units as they are (mâu thuẫn)."""

    problem: str = column("Code: unit_not_in_force, ends_twice, code_taken and others.")
    unit: Unit | None = resolved(_unit("unit_id"), "The unit that it is about.")
    hierarchy: str | None = column(
        "With hierarchy_ring: in which the unit would stand above itself (hệ thống)."
    )


@output
class DependantTotals:
    """How many dependants of one kind a plan touches (số đối tượng)."""

    kind: str = column("force_unit, residential_area, campaign, tip and others.")
    dependants: Count = column("How many there are, as far as they are told.")
    people: Count = column("People who serve in them on the day.")
    must_decide: Count = column("Of these: with more than one candidate.")
    open: Count = column("Of these: without a decision yet.")
    untold: Count = column("Units whose number is not told to the caller.")


@output
class Dependant:
    """What depends on a unit that a plan touches (đối tượng liên quan).

    A single thing, or all of one kind at one unit, also in another service.
    """

    kind: str = column("force_unit, residential_area, campaign, tip and others.")
    id: strawberry.ID = column(
        "As decisions name it: its own identity, or the unit's for a group."
    )
    service: str = column("The service that keeps it (dịch vụ quản lý).")
    how_many: Count | None = column(
        "How many it stands for; empty where the number is not told to the caller."
    )
    unit: Unit | None = resolved(_unit("unit_id"), "The unit it depends on.")
    people: Count = column("People who serve in it on the day; 0 for groups.")
    proposed_successor: Unit | None = resolved(
        _unit("proposed_successor_id"), "Who is proposed to take it over."
    )
    candidates: list[Unit] = resolved(_candidates, "Who may take it over.")
    must_decide: bool = column("Whether somebody has to choose.")
    decided_successor: Unit | None = resolved(
        _unit("decided_successor_id"), "Who was chosen."
    )
    owner: Unit | None = resolved(
        _unit("owner_unit_id"), "The unit that has to choose (đơn vị quyết định)."
    )


@output
class SilentService:
    """A service that did not say what depends on the units (chưa trả lời)."""

    service: str = column("Its name: campaigns, tips or reporting.")
    code: str = column("Why: a stable code. Nothing is guessed in its place.")


@output
class Rehearsal:
    """What executing a plan would do (kết quả diễn tập)."""

    digest: str = column("Names exactly this state; the execution asks for it.")
    establishes: Count = column("Units that begin.")
    abolishes: Count = column("Units that end.")
    changes: Count = column("Other changes of units.")
    problems: list[PlanProblem] = column("Contradictions; none may be left.")
    totals: list[DependantTotals] = column("Dependants by kind.")
    nodes: list[Dependant] = column("A page of the dependants.")
    page_info: PageInfo = column("Where this page lies.")
    silent: list[SilentService] = column(
        "Services that did not answer; a plan that divides units waits for them."
    )


async def _rehearsal(
    root: Root,
    info: Info,
    first: First = 50,
    after: After = None,
    only_open: Annotated[bool, argument("Only what waits for a decision.")] = False,  # noqa: FBT002 - an argument of the schema
) -> Any:
    answer = await info.context.ask(
        REHEARSE,
        {
            "reorganisation_id": root["id"],
            "only_open": only_open,
            "first": first,
            "after": after,
        },
    )
    return answer | connection(answer, after)


@output
class Reorganisation(Node):
    """A plan of reorganisation under a decree (phương án sắp xếp đơn vị)."""

    unit: Unit | None = resolved(unit_of, "Part of the country.", ["unit_id"])
    decree_number: str = column("Number of the decree (số văn bản).")
    decree_date: date = column("Its date (ngày ban hành).")
    issuer: str = column("Who issued it (cơ quan ban hành), a code.")
    effective_on: date = column("Day on which all of it holds (ngày hiệu lực).")
    state: PlanState = column("How far it has come.")
    new_units: Count = column("Units that it establishes.")
    operations: Count = column("Operations on units.")
    decisions: Count = column("Decisions about dependants.")
    rehearsal: Rehearsal | None = resolved(
        _rehearsal, "What executing it would do (diễn tập).", ["id"]
    )


async def reorganisations(
    info: Info,
    unit: Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")],
    first: First,
    after: After = None,
    state: Annotated[PlanState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.reorganisations."""
    return await page(
        info,
        REORGANISATIONS,
        after,
        unit=unit_ref(unit),
        first=first,
        state=state.value if state else None,
    )


@output
class ReorganisationQueries:
    """Questions about plans of reorganisation, part of Query."""

    reorganisations: Connection[Reorganisation] | None = resolved(
        reorganisations, "Plans of reorganisation, the latest first (phương án)."
    )
