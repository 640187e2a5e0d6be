"""Which models does a place have, and in how many areas does each work? For lists."""

from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.campaigns.domain.model import Model
from services.campaigns.read_models.model_point_list import MODEL_POINTS
from services.campaigns.read_models.pages import Listing
from services.campaigns.read_models.tables import READ_METADATA, path_column
from services.chassis.event_store import RecordedEvent
from services.chassis.text import fold
from services.contracts.campaigns.api import GetMany, ListModels
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

MODELS: Final = sa.Table(
    "model_list",
    READ_METADATA,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    path_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text(collation="C"), nullable=False),
    sa.Column("keeper", sa.Text, nullable=False),
    sa.Column("fields", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("launched_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Index("model_list_by_name", "name_key", "id"),
    sa.Index("model_list_by_unit", "unit_path", "name_key", "id"),
)
_M = MODELS.c

# Counted when asked for: a counter in the row would make every point of a model wait
# for the one before.
_OPEN_POINTS = (
    sa.select(sa.func.count())
    .where(MODEL_POINTS.c.model_id == _M.id, MODEL_POINTS.c.closed_on.is_(None))
    .scalar_subquery()
)

LISTING: Final = Listing(
    shown={
        **{c.name: c for c in _M if c.name not in {"unit_path", "name_key"}},
        "points": _OPEN_POINTS,
    },
    order=(_M.name_key, _M.id),
)


class ModelList:
    """Keeps the list inside the command's own transaction."""

    name = "model_list"

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Take in the events of one transaction."""
        launched = [
            {
                "id": event.originator_id,
                "unit_id": event.unit_id,
                "unit_path": event.unit_path,
                "name": event.name,
                "name_key": fold(event.name),
                "keeper": event.keeper,
                "fields": event.fields,
                "launched_on": event.launched_on,
            }
            for one in recorded
            if isinstance(event := one.event, Model.Launched)
        ]
        if launched:
            connection.execute(sa.insert(MODELS), launched)
        for one in recorded:
            if isinstance(ended := one.event, Model.Ended):
                connection.execute(
                    sa.update(MODELS)
                    .where(_M.id == one.aggregate_id)
                    .values(ended_on=ended.ended_on)
                )


def list_models(
    connection: sa.Connection,
    asked: ListModels,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer a page of the models in the area, by name."""
    conditions: list[sa.ColumnElement[bool]] = [lies_within_sql(_M.unit_path, paths)]
    if asked.keeper is not None:
        conditions.append(_M.keeper == asked.keeper)
    if asked.on is not None:
        operating = sa.or_(_M.ended_on.is_(None), _M.ended_on > asked.on)
        conditions += [_M.launched_on <= asked.on, operating]
    return LISTING.page(
        connection, conditions, first=asked.first, after=asked.after, fields=fields
    )


def get_models(
    connection: sa.Connection,
    asked: GetMany,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer the models with these ids, as far as they lie in the area."""
    conditions = [_M.id.in_(asked.ids), lies_within_sql(_M.unit_path, paths)]
    return LISTING.many(connection, conditions, fields)
