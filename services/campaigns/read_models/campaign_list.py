"""Which drives touch these days here? Asked by lists and by id."""

from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.campaigns.domain.campaign import Campaign
from services.campaigns.read_models.pages import Listing
from services.campaigns.read_models.tables import READ_METADATA, path_column
from services.chassis.event_store import RecordedEvent
from services.contracts.campaigns.api import GetMany, ListCampaigns
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

CAMPAIGNS: Final = sa.Table(
    "campaign_list",
    READ_METADATA,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    path_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("organiser", sa.Text, nullable=False),
    sa.Index("campaign_list_by_day", "starts_on", "id"),
    sa.Index("campaign_list_by_unit", "unit_path", "starts_on", "id"),
)
_C = CAMPAIGNS.c

LISTING: Final = Listing(
    shown={c.name: c for c in _C if c.name != "unit_path"},
    order=(_C.starts_on, _C.id),
    descending=True,
)


class CampaignList:
    """Keeps the list inside the command's own transaction."""

    name = "campaign_list"

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Take in the events of one transaction."""
        opened = [
            {
                "id": event.originator_id,
                "unit_id": event.unit_id,
                "unit_path": event.unit_path,
                "name": event.name,
                "starts_on": event.starts_on,
                "ends_on": event.ends_on,
                "organiser": event.organiser,
            }
            for one in recorded
            if isinstance(event := one.event, Campaign.Opened)
        ]
        if opened:
            connection.execute(sa.insert(CAMPAIGNS), opened)


def list_campaigns(
    connection: sa.Connection,
    asked: ListCampaigns,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer a page of the drives in the area, the latest start first."""
    conditions: list[sa.ColumnElement[bool]] = [lies_within_sql(_C.unit_path, paths)]
    if asked.from_day is not None:
        conditions.append(_C.ends_on >= asked.from_day)
    if asked.to_day is not None:
        conditions.append(_C.starts_on <= asked.to_day)
    return LISTING.page(
        connection, conditions, first=asked.first, after=asked.after, fields=fields
    )


def get_campaigns(
    connection: sa.Connection,
    asked: GetMany,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer the drives with these ids, as far as they lie in the area."""
    conditions = [_C.id.in_(asked.ids), lies_within_sql(_C.unit_path, paths)]
    return LISTING.many(connection, conditions, fields)
