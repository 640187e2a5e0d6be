"""figures.get, figures.children, indicators.list, freshness.get: what is counted."""

import dataclasses
from typing import Final

import sqlalchemy as sa

from services.chassis.calls import Call, require_scope
from services.chassis.requests import Verb
from services.contracts.reporting import api
from services.reporting.domain.errors import UnitNotVisible
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models.period_answer import period_answer
from services.reporting.verbs.asking import (
    READ,
    freshness,
    geography_of,
    heads,
    in_one_snapshot,
    indicators,
    question_of,
    refused,
    refused_table,
    visible,
)
from services.reporting.verbs.sight import Sight

FOLLOW: Final = "events:subscribe"


async def figures_get(call: Call[api.FiguresRequest]) -> api.FiguresAnswer:
    """Give the lines of units for one period, beside those of the year before."""
    body = call.body
    question = question_of(body.period, body.calendar, body.geography, body.indicators)
    geography = geography_of(call.runtime)
    sight = Sight(call, geography, question)
    units = visible(call, geography, body.unit_ids)

    def ask(conn: sa.Connection) -> tuple[list[api.UnitFigures], api.Freshness]:
        in_one_snapshot(conn)
        fresh = freshness(conn, call.runtime)
        asked = [unit for unit in units if unit is not None]
        return sight.lines(conn, asked), fresh

    await heads(call.runtime).refresh(call.runtime)
    rows, fresh = await call.runtime.read(ask)
    found = iter(rows)
    return api.FiguresAnswer(
        period=period_answer(question.period),
        same_period_last_year=period_answer(question.period.year_before()),
        geography=body.geography,
        rows=[
            refused(unit_id, UnitNotVisible()) if unit is None else next(found)
            for unit_id, unit in zip(body.unit_ids, units, strict=True)
        ],
        freshness=fresh,
        hierarchy=sight.hierarchy,
        on=sight.on,
    )


async def figures_follow(call: Call[api.FiguresRequest]) -> api.FiguresAnswer:
    """Give the same lines to whoever follows them, in areas where it may read them."""
    require_scope(call.caller, READ)
    reader = call.caller.only_with(READ)
    return await figures_get(dataclasses.replace(call, principal=reader))


async def figures_children(call: Call[api.ChildrenRequest]) -> api.ChildrenAnswer:
    """Give the table of each unit's children, with the unit's own row."""
    body = call.body
    question = question_of(body.period, body.calendar, body.geography, body.indicators)
    geography = geography_of(call.runtime)
    sight = Sight(call, geography, question)
    parents = visible(call, geography, body.unit_ids)

    def ask(conn: sa.Connection) -> tuple[list[api.ChildrenTable], api.Freshness]:
        in_one_snapshot(conn)
        fresh = freshness(conn, call.runtime)
        tables = [
            refused_table(unit_id) if parent is None else sight.table(conn, parent)
            for unit_id, parent in zip(body.unit_ids, parents, strict=True)
        ]
        return tables, fresh

    await heads(call.runtime).refresh(call.runtime)
    tables, fresh = await call.runtime.read(ask)
    return api.ChildrenAnswer(
        period=period_answer(question.period),
        same_period_last_year=period_answer(question.period.year_before()),
        geography=body.geography,
        rows=tables,
        freshness=fresh,
        hierarchy=sight.hierarchy,
        on=sight.on,
    )


async def indicators_list(call: Call[api.IndicatorsRequest]) -> api.IndicatorsAnswer:
    """List what is counted, on whose authority and by which day."""
    return api.IndicatorsAnswer(
        rows=[_described(indicator) for indicator in indicators(call.body.codes)]
    )


async def freshness_get(call: Call[api.FreshnessRequest]) -> api.Freshness:
    """Say how far the figures have followed each source."""
    await heads(call.runtime).refresh(call.runtime)
    return await call.runtime.read(freshness, call.runtime)


def _described(indicator: Indicator) -> api.IndicatorDescription:
    return api.IndicatorDescription(
        code=indicator.code,
        name_vi=indicator.name_vi,
        name_en=indicator.name_en,
        unit_of_count=indicator.unit_of_count,
        unit_of_count_en=indicator.unit_of_count_en,
        kind=indicator.kind,
        source=indicator.source,
        numerator=indicator.numerator,
        counted_on=indicator.counted_on,
        legal_source=indicator.legal_source,
        event_types=list(indicator.event_types),
    )


VERBS: Final = (
    Verb(
        name="figures.get", request=api.FiguresRequest, handler=figures_get, scope=READ
    ),
    Verb(
        name="figures.follow",
        request=api.FiguresRequest,
        handler=figures_follow,
        scope=FOLLOW,
    ),
    Verb(
        name="figures.children",
        request=api.ChildrenRequest,
        handler=figures_children,
        scope=READ,
    ),
    Verb(
        name="indicators.list",
        request=api.IndicatorsRequest,
        handler=indicators_list,
        scope=READ,
    ),
    Verb(
        name="freshness.get",
        request=api.FreshnessRequest,
        handler=freshness_get,
        scope=READ,
    ),
)
