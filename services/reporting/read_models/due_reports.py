"""Which reports does a unit still owe on a day? Asked before units end.

Nobody told the service who has to report when. A unit that reported by months, quarters
or years within the year before owes the periods that came after its last one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from services.contracts.dependants import DependantGroup
from services.reporting.domain.periods import CALENDARS, Period, following, period_of
from services.unit_directory.dependants import Standing

_HABIT: Final = timedelta(days=366)


def due_reports(
    conn: sa.Connection, table: sa.Table, where: Standing, on: date
) -> list[DependantGroup]:
    """Count the periods that began before the day and were not reported on."""
    behind: dict[UUID, list[UUID]] = {}
    for unit_id, units in where.items():
        for unit in units:
            behind.setdefault(unit.id, []).append(unit_id)
    due = dict.fromkeys(where, 0)
    for reporter, last in _last_reported(conn, table, list(behind), on):
        for unit_id in behind[reporter]:
            due[unit_id] += _begun_since(last, on)
    return [
        DependantGroup(kind="report", unit_id=unit_id, how_many=number)
        for unit_id, number in due.items()
        if number
    ]


def _begun_since(last: Period, on: date) -> int:
    """Count the periods behind the last one that began before the day."""
    number, period = 0, following(last)
    while period.start < on:
        number, period = number + 1, following(period)
    return number


def _last_reported(
    conn: sa.Connection, table: sa.Table, unit_ids: Sequence[UUID], on: date
) -> list[tuple[UUID, Period]]:
    c = table.c
    series = (c.unit_id, c.calendar, c.period_kind)
    rows = conn.execute(
        sa.select(*series, c.period_year, c.period_number)
        .where(
            c.unit_id == sa.any_(sa.literal(list(unit_ids), sa.ARRAY(sa.Uuid))),
            c.period_kind != "range",
            c.last_day >= on - _HABIT,
        )
        .ext(distinct_on(*series))
        .order_by(*series, c.last_day.desc())
    )
    return [
        (unit_id, period_of(kind, year, number, CALENDARS[calendar]))
        for unit_id, calendar, kind, year, number in rows
    ]
