"""planned.children: how many teams and members are planned, and how many there are."""

from datetime import date
from typing import Final

import sqlalchemy as sa

from services.chassis.calls import Call
from services.chassis.requests import Verb
from services.contracts.reporting import api
from services.contracts.reporting import planned as shapes
from services.reporting.domain.periods import range_of_days
from services.reporting.indicators import (
    communes_with_quota,
    security_order_member_quota,
    security_order_members,
    security_order_members_allowed,
    security_order_team_quota,
    security_order_teams,
    security_order_teams_allowed,
)
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models.geography import Lens
from services.reporting.read_models.unit_lines import Question
from services.reporting.verbs.asking import (
    READ,
    freshness,
    geography_of,
    heads,
    in_one_snapshot,
    refused_table,
    table,
    visible,
)

COMMUNES: Final = communes_with_quota.COMMUNES_WITH_QUOTA
# Planned, allowed, actual.
TEAMS: Final = (
    security_order_team_quota.SECURITY_ORDER_TEAM_QUOTA,
    security_order_teams_allowed.SECURITY_ORDER_TEAMS_ALLOWED,
    security_order_teams.SECURITY_ORDER_TEAMS,
)
MEMBERS: Final = (
    security_order_member_quota.SECURITY_ORDER_MEMBER_QUOTA,
    security_order_members_allowed.SECURITY_ORDER_MEMBERS_ALLOWED,
    security_order_members.SECURITY_ORDER_MEMBERS,
)


async def planned_children(call: Call[shapes.PlannedRequest]) -> shapes.PlannedAnswer:
    """Give the planned and the actual strength of units and their children on a day."""
    body = call.body
    question = _question(body.on, body.geography)
    geography = geography_of(call.runtime)
    parents = visible(call, geography, body.unit_ids)

    def ask(conn: sa.Connection) -> tuple[list[api.ChildrenTable], api.Freshness]:
        in_one_snapshot(conn)
        fresh = freshness(conn, call.runtime)
        tables = [
            refused_table(unit_id)
            if parent is None
            else table(conn, geography, parent, question)
            for unit_id, parent in zip(body.unit_ids, parents, strict=True)
        ]
        return tables, fresh

    await heads(call.runtime).refresh(call.runtime)
    tables, fresh = await call.runtime.read(ask)
    return shapes.PlannedAnswer(
        on=body.on,
        geography=body.geography,
        rows=[
            shapes.PlannedTable(
                parent=_row(one.parent),
                children=[_row(child) for child in one.children],
            )
            for one in tables
        ],
        freshness=fresh,
    )


def _question(on: date, lens: Lens) -> Question:
    """Ask for stocks alone: what stands at the end of a period of one day."""
    return Question((COMMUNES, *TEAMS, *MEMBERS), range_of_days(on, on), lens)


def _row(unit: api.UnitFigures) -> shapes.PlannedRow:
    values = {line.indicator: line.value for line in unit.lines}
    communes = values.get(COMMUNES.code)
    return shapes.PlannedRow(
        unit_id=unit.unit_id,
        unit_code=unit.unit_code,
        unit_name=unit.unit_name,
        level=unit.level,
        communes_with_quota=communes,
        teams=_planned(values, TEAMS, communes) if values else None,
        members=_planned(values, MEMBERS, communes) if values else None,
        refusal=unit.refusal,
    )


def _planned(
    values: dict[str, int | None],
    three: tuple[Indicator, Indicator, Indicator],
    communes: int | None,
) -> shapes.Planned:
    quota, allowed, actual = (values[one.code] for one in three)
    gap = over = None
    if communes and quota is not None and allowed is not None and actual is not None:
        gap, over = actual - quota, max(0, actual - allowed)
    return shapes.Planned(
        quota=quota, allowed=allowed, actual=actual, gap=gap, over=over
    )


VERBS: Final = (
    Verb(
        name="planned.children",
        request=shapes.PlannedRequest,
        handler=planned_children,
        scope=READ,
    ),
)
