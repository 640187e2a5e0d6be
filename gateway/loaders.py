"""Questions of many rows put to a service as one: no list costs a call per row.

Asked by resolvers; one set of loaders lives as long as its request.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from strawberry.dataloader import DataLoader

from gateway.context import RequestContext
from gateway.questions import Question
from services.contracts.campaigns import api as campaigns
from services.contracts.registry import (
    finding,
    force_units,
    imports,
    members,
    people,
    strength,
    unit_views,
)
from services.contracts.registry import reorganisations as plans
from services.contracts.registry import residential_areas as areas
from services.contracts.reporting import api as reporting
from services.contracts.reporting import planned
from services.contracts.tips import api as tips

UNITS_GET: Final = Question("registry", "units.get", unit_views.UnitsGet)
UNITS_CHILDREN: Final = Question("registry", "units.children", unit_views.UnitsChildren)
UNITS_SUCCESSORS: Final = Question(
    "registry", "units.successors", finding.UnitsSuccessors
)
FORCE_UNITS_GET: Final = Question(
    "registry", "force_units.get", force_units.ForceUnitsGet
)
MEMBERS: Final = Question("registry", "members.list", members.MembersList)
STRENGTH: Final = Question("registry", "strength.get", strength.StrengthGet)
AREAS_GET: Final = Question("registry", "areas.get", areas.AreasGet)
REORGANISATIONS_GET: Final = Question(
    "registry", "reorganisations.get", plans.ReorganisationsGet
)
PEOPLE_READ: Final = Question("registry", "people.read", people.PeopleRead)
CAMPAIGNS_GET: Final = Question("campaigns", "campaigns.get", campaigns.GetMany)
SESSIONS_GET: Final = Question("campaigns", "sessions.get", campaigns.GetMany)
MODELS_GET: Final = Question("campaigns", "models.get", campaigns.GetMany)
POINTS_GET: Final = Question("campaigns", "model_points.get", campaigns.GetMany)
TIP_COUNTS: Final = Question("tips", "tips.counters", tips.CountTips)
FIGURES: Final = Question("reporting", "figures.get", reporting.FiguresRequest)
CHILDREN_FIGURES: Final = Question(
    "reporting", "figures.children", reporting.ChildrenRequest
)
PLANNED: Final = Question("reporting", "planned.children", planned.PlannedRequest)
REPORTS_GET: Final = Question("reporting", "report.get", reporting.ReportsRequest)
REPORTS_OF: Final = Question(
    "reporting", "report.of_units", reporting.UnitReportsRequest
)
IMPORTS_GET: Final = Question("registry", "imports.get", imports.ImportsGet)

_AT_ONCE = 100
_TABLES_AT_ONCE = 20

Row = dict[str, Any]
Batch = Callable[[list[str]], Awaitable[list[Any]]]


def _loader(
    context: RequestContext, key: object, batch: Batch, at_once: int = _AT_ONCE
) -> DataLoader[str, Any]:
    loader: DataLoader[str, Any] | None = context.loaders.get(key)
    if loader is None:
        loader = DataLoader(load_fn=batch, max_batch_size=at_once)
        context.loaders[key] = loader
    return loader


_BY_ID: dict[str, tuple[Question, str, str]] = {
    "Unit": (UNITS_GET, "ids", "id"),
    "ForceUnit": (FORCE_UNITS_GET, "ids", "id"),
    "Reorganisation": (REORGANISATIONS_GET, "ids", "id"),
    "ResidentialArea": (AREAS_GET, "ids", "id"),
    "ImportBatch": (IMPORTS_GET, "ids", "id"),
    "Campaign": (CAMPAIGNS_GET, "ids", "id"),
    "Session": (SESSIONS_GET, "ids", "id"),
    "Model": (MODELS_GET, "ids", "id"),
    "ModelPoint": (POINTS_GET, "ids", "id"),
    "Report": (REPORTS_GET, "report_ids", "report_id"),
}
NODE_TYPES = frozenset(_BY_ID)


async def by_id(
    context: RequestContext, typename: str, identity: str, **when: str
) -> Row | None:
    """Return the object of a type, or None when it is absent or not visible.

    A unit may be asked for as of a day and a moment.
    """
    question, parameter, key = _BY_ID[typename]

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(question, {parameter: ids, **when})
        rows = {row[key]: row for row in answer["rows"] if row is not None}
        return [rows.get(one) for one in ids]

    loader = _loader(context, (typename, *sorted(when.items())), batch)
    return await loader.load(identity)  # type: ignore[no-any-return]


def _paged(
    context: RequestContext, question: Question, pages: tuple[str, str], parts: Row
) -> DataLoader[str, Any]:
    """Loader of one page per parent: name of the parents' ids, name of the pages."""
    ids_name, pages_name = pages

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(question, {ids_name: ids, **parts})
        by_parent = {one["id"]: one for one in answer[pages_name]}
        return [by_parent[one] for one in ids]

    return _loader(context, (question.verb, *sorted(parts.items(), key=str)), batch)


async def children_of(context: RequestContext, unit: str, **parts: Any) -> Row:
    """Return a page of a unit's children."""
    loader = _paged(context, UNITS_CHILDREN, ("ids", "parents"), parts)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def heirs_of(context: RequestContext, unit: str, **when: str) -> Row | None:
    """Return who holds a unit on a day, as known at a moment."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(UNITS_SUCCESSORS, {"ids": ids, **when})
        return list(answer["rows"])

    loader = _loader(context, ("heirs", *sorted(when.items())), batch)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def members_of(context: RequestContext, force_unit: str, **parts: Any) -> Row:
    """Return a page of a force unit's members."""
    loader = _paged(context, MEMBERS, ("force_unit_ids", "force_units"), parts)
    return await loader.load(force_unit)  # type: ignore[no-any-return]


async def person_of(
    context: RequestContext, person: str, purpose: object
) -> Row | None:
    """Return a person as the caller may see it; the reading is recorded."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(PEOPLE_READ, {"ids": ids, "purpose": purpose})
        # In the order of the ids: a merged one is answered by the one that counts.
        return answer["rows"]  # type: ignore[no-any-return]

    loader = _loader(context, ("people", purpose), batch)
    return await loader.load(person)  # type: ignore[no-any-return]


async def strength_of(
    context: RequestContext, unit: str, on: str | None, terms: str
) -> list[Row]:
    """Strength of a unit's subtree by force type."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(STRENGTH, {"ids": ids, "on": on, "terms": terms})
        found: dict[str, list[Row]] = {one: [] for one in ids}
        for row in answer["rows"]:
            found[row["unit_id"]].append(row)
        return [found[one] for one in ids]

    loader = _loader(context, ("strength", on, terms), batch)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def tip_counts_of(
    context: RequestContext, unit: str, from_day: str, to_day: str
) -> Row | None:
    """Return the counts of tips of a unit's subtree."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(
            TIP_COUNTS, {"unit_ids": ids, "from_day": from_day, "to_day": to_day}
        )
        rows = {row["unit_id"]: row for row in answer["rows"]}
        return [rows.get(one) for one in ids]

    loader = _loader(context, ("tips", from_day, to_day), batch)
    return await loader.load(unit)  # type: ignore[no-any-return]


def _terms_key(terms: Row) -> str:
    return repr(sorted(terms.items()))


def _shared(answer: Row) -> Row:
    names = ("period", "same_period_last_year", "geography", "freshness")
    order = {name: answer.get(name) for name in ("hierarchy", "on")}
    return order | {name: answer[name] for name in names}


async def figures_of(
    context: RequestContext, unit: str, terms: Row, question: Question = FIGURES
) -> Row:
    """Figures of a unit for one period."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(question, {"unit_ids": ids, **terms})
        shared = _shared(answer)
        return [row | shared for row in answer["rows"]]

    loader = _loader(context, (question.verb, _terms_key(terms)), batch)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def table_of(context: RequestContext, unit: str, terms: Row) -> Row:
    """Return a unit's own figures and those of its children."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(CHILDREN_FIGURES, {"unit_ids": ids, **terms})
        shared = _shared(answer)
        return [
            {
                "parent": row["parent"] | shared,
                "children": [child | shared for child in row["children"]],
            }
            | shared
            for row in answer["rows"]
        ]

    key = ("table", _terms_key(terms))
    loader = _loader(context, key, batch, _TABLES_AT_ONCE)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def planned_of(context: RequestContext, unit: str, terms: Row) -> Row:
    """Return planned and actual strength of a unit and its children."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(PLANNED, {"unit_ids": ids, **terms})
        shared = {name: answer[name] for name in ("on", "geography", "freshness")}
        return [row | shared for row in answer["rows"]]

    key = ("planned", _terms_key(terms))
    loader = _loader(context, key, batch, _TABLES_AT_ONCE)
    return await loader.load(unit)  # type: ignore[no-any-return]


async def reports_of(context: RequestContext, unit: str, first: int) -> list[Row]:
    """Return the newest reports of a unit."""

    async def batch(ids: list[str]) -> list[Any]:
        answer = await context.ask(REPORTS_OF, {"unit_ids": ids, "first": first})
        rows = {row["unit_id"]: row["reports"] for row in answer["rows"]}
        return [rows.get(one, []) for one in ids]

    loader = _loader(context, ("reports", first), batch)
    return await loader.load(unit)  # type: ignore[no-any-return]
