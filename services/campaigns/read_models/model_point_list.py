"""Which areas have taken up a model? Asked by lists and by id."""

from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.campaigns.domain.model_point import ModelPoint
from services.campaigns.read_models.pages import Listing
from services.campaigns.read_models.tables import READ_METADATA, path_column
from services.chassis.event_store import RecordedEvent
from services.contracts.campaigns.api import GetMany, ListModelPoints
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

MODEL_POINTS: Final = sa.Table(
    "model_point_list",
    READ_METADATA,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("model_id", pg.UUID, nullable=False),
    sa.Column("keeper", sa.Text, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    path_column(),
    sa.Column("area_name", sa.Text, nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("closed_on", sa.Date),
    sa.Index("model_point_list_by_model", "model_id", "opened_on", "id"),
    sa.Index("model_point_list_by_unit", "unit_path", "opened_on", "id"),
)
_P = MODEL_POINTS.c

LISTING: Final = Listing(
    shown={c.name: c for c in _P if c.name != "unit_path"},
    order=(_P.opened_on, _P.id),
)


class ModelPointList:
    """Keeps the list inside the command's own transaction."""

    name = "model_point_list"

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Take in the events of one transaction."""
        opened = [
            {
                "id": event.originator_id,
                "model_id": event.model_id,
                "keeper": event.keeper,
                "unit_id": event.unit_id,
                "unit_path": event.unit_path,
                "area_name": event.area_name,
                "opened_on": event.opened_on,
            }
            for one in recorded
            if isinstance(event := one.event, ModelPoint.Opened)
        ]
        if opened:
            connection.execute(sa.insert(MODEL_POINTS), opened)
        for one in recorded:
            if isinstance(closed := one.event, ModelPoint.Closed):
                connection.execute(
                    sa.update(MODEL_POINTS)
                    .where(_P.id == one.aggregate_id)
                    .values(closed_on=closed.closed_on)
                )


def list_model_points(
    connection: sa.Connection,
    asked: ListModelPoints,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer a page of the points in the area, the earliest first."""
    conditions: list[sa.ColumnElement[bool]] = [lies_within_sql(_P.unit_path, paths)]
    if asked.model_ids:
        conditions.append(_P.model_id.in_(asked.model_ids))
    if asked.on is not None:
        still_open = sa.or_(_P.closed_on.is_(None), _P.closed_on > asked.on)
        conditions += [_P.opened_on <= asked.on, still_open]
    return LISTING.page(
        connection, conditions, first=asked.first, after=asked.after, fields=fields
    )


def get_model_points(
    connection: sa.Connection,
    asked: GetMany,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer the points with these ids, as far as they lie in the area."""
    conditions = [_P.id.in_(asked.ids), lies_within_sql(_P.unit_path, paths)]
    return LISTING.many(connection, conditions, fields)
