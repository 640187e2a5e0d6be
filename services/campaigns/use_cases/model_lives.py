"""Which models operate and whether points hang on them: the rule across aggregates.

A model and its points are aggregates of their own, so two commands at once could end
the one and open the other. Each locks this row in its own transaction instead.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.campaigns.domain.errors import ModelEnded, ModelHasOpenPoints
from services.campaigns.domain.model_point import ModelLife

Also = Callable[[sa.Connection], None]

WRITE_METADATA: Final = sa.MetaData(schema="campaigns_write")

MODEL_LIVES: Final = sa.Table(
    "model_lives",
    WRITE_METADATA,
    sa.Column("model_id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("keeper", sa.Text, nullable=False),
    sa.Column("launched_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("open_points", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_point_on", sa.Date),
    sa.CheckConstraint("open_points >= 0", name="points_are_counted"),
)
_LIVES = MODEL_LIVES.c


def life_of(connection: sa.Connection, model_id: UUID) -> ModelLife | None:
    """Return the life of a model, None for one that was never launched."""
    row = connection.execute(
        sa.select(
            _LIVES.model_id,
            _LIVES.unit_id,
            _LIVES.keeper,
            _LIVES.launched_on,
            _LIVES.ended_on,
        ).where(_LIVES.model_id == model_id)
    ).one_or_none()
    return None if row is None else ModelLife(**row._mapping)  # noqa: SLF001 - public


def begins(life: ModelLife) -> Also:
    """Write down a model that starts."""

    def also(connection: sa.Connection) -> None:
        connection.execute(
            sa.insert(MODEL_LIVES).values(
                model_id=life.model_id,
                unit_id=life.unit_id,
                keeper=life.keeper,
                launched_on=life.launched_on,
            )
        )

    return also


def ends(model_id: UUID, ended_on: date) -> Also:
    """Write down the end. Raises ModelHasOpenPoints."""
    statement = (
        _of(model_id)
        .where(_LIVES.open_points == 0)
        .where(sa.func.coalesce(_LIVES.last_point_on, ended_on) <= ended_on)
        .values(ended_on=ended_on)
    )
    return _one_row(
        statement, lambda: ModelHasOpenPoints(field="$.ended_on", model_id=model_id)
    )


def takes_point(model_id: UUID) -> Also:
    """Count one more open point. Raises ModelEnded."""
    statement = _of(model_id).values(open_points=_LIVES.open_points + 1)
    return _one_row(
        statement, lambda: ModelEnded(field="$.model_id", model_id=model_id)
    )


def loses_point(model_id: UUID, closed_on: date) -> Also:
    """Count one open point less."""
    statement = _of(model_id).values(
        open_points=_LIVES.open_points - 1,
        last_point_on=sa.func.greatest(_LIVES.last_point_on, closed_on),
    )
    return _one_row(
        statement, lambda: ModelEnded(field="$.point_id", model_id=model_id)
    )


def _of(model_id: UUID) -> sa.Update:
    return (
        sa.update(MODEL_LIVES)
        .where(_LIVES.model_id == model_id)
        .where(_LIVES.ended_on.is_(None))
    )


def _one_row(statement: sa.Update, refusal: Callable[[], Exception]) -> Also:
    def also(connection: sa.Connection) -> None:
        result: sa.CursorResult[Any] = connection.execute(statement)
        if result.rowcount != 1:
            raise refusal()

    return also
