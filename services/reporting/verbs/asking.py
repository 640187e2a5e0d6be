"""What every question has in common: its terms, who may see what, how fresh it is."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.calls import Call
from services.chassis.errors import DomainError
from services.chassis.service import Runtime
from services.contracts.reporting import api
from services.reporting.domain.errors import IndicatorUnknown, UnitNotVisible
from services.reporting.indicators import BY_CODE, INDICATORS
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models import freshness as freshness_model
from services.reporting.read_models.geography import Geography, Lens
from services.reporting.read_models.period_answer import asked_period
from services.reporting.read_models.tables import FIGURES, WAITING
from services.reporting.read_models.unit_lines import Question, lines_of_units
from services.unit_directory.custody import reaches
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit

READ: Final = "reporting:read"
WRITE: Final = "reporting:write"
GEOGRAPHY: Final = "geography"
REPORT: Final = "report"


def in_one_snapshot(conn: sa.Connection) -> None:
    """Make figures and freshness speak of the same moment.

    Freshness is read first: every reader and writer takes the tables in one order.
    """
    conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def question_of(
    spec: api.PeriodSpec, calendar: str, lens: Lens, codes: list[str] | None
) -> Question:
    """Return the terms of a question. Raises IndicatorUnknown, refusals of periods."""
    return Question(indicators(codes), asked_period(spec, calendar), lens)


def indicators(codes: list[str] | None) -> tuple[Indicator, ...]:
    """Return the asked indicators (None: all). Raises IndicatorUnknown."""
    if codes is None:
        return INDICATORS
    for number, code in enumerate(codes):
        if code not in BY_CODE:
            raise IndicatorUnknown(field=f"$.indicators[{number}]")
    return tuple(indicator for indicator in INDICATORS if indicator.code in codes)


def geography_of(runtime: Runtime) -> Geography:
    """Return the walks over the present tree. Raises UnitsNotLoaded."""
    tree = units_of(runtime)
    known: Geography | None = runtime.extras.get(GEOGRAPHY)
    if known is None or known.tree is not tree:
        known = runtime.extras[GEOGRAPHY] = Geography(tree)
    return known


def visible(
    call: Call[Any], geography: Geography, unit_ids: Sequence[UUID]
) -> list[Unit | None]:
    """Return the units that lie in what the caller's roots cover; None for others.

    What a root covers includes the past of units that it absorbed, so a successor
    reads the history of those before it; who keeps a divided unit's reports, its.
    """
    tree, roots = geography.tree, call.caller.unit_roots
    return [tree.get(u) if reaches(tree, roots, u, REPORT) else None for u in unit_ids]


def table(
    conn: sa.Connection, geography: Geography, parent: Unit, question: Question
) -> api.ChildrenTable:
    """Return a unit's own row and the rows of its children."""
    children = geography.children(parent, question.lens, question.period)
    rows = lines_of_units(conn, FIGURES, geography, [parent, *children], question)
    return api.ChildrenTable(parent=rows[0], children=rows[1:])


def refused(unit_id: UUID, refusal: DomainError) -> api.UnitFigures:
    """Return the row of a unit that has no figures for this caller."""
    return api.UnitFigures(
        unit_id=unit_id,
        unit_code="",
        unit_name="",
        unit_type="",
        level="",
        lines=[],
        refusal=api.RowRefusal(
            code=refusal.code,
            message_vi=refusal.message_vi,
            message_en=refusal.message_en,
        ),
    )


def refused_table(unit_id: UUID) -> api.ChildrenTable:
    """Return the table of a unit that the caller may not see."""
    return api.ChildrenTable(parent=refused(unit_id, UnitNotVisible()), children=[])


def heads(runtime: Runtime) -> freshness_model.StreamHeads:
    """Return what is known of the ends of the streams."""
    known: freshness_model.StreamHeads = runtime.extras[freshness_model.EXTRA]
    return known


def freshness(conn: sa.Connection, runtime: Runtime) -> api.Freshness:
    """Say how far the figures have followed each source."""
    return freshness_model.freshness(
        conn, WAITING, heads(runtime), runtime.settings.partitions
    )
