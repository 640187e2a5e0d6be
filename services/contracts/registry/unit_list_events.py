"""What the registry publishes about its monthly lists of units."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from services.contracts.envelope import PublicEvent


class UnitListPublishedV1(PublicEvent, frozen=True, kw_only=True):
    """The signed list of a month can be fetched; it never changes."""

    TYPE: ClassVar[str] = "registry.unit_list.published.v1"

    unit_id: UUID  # the country: whose units the list holds
    month: str
    known_at: datetime
    edition: str
    units: int
    size_bytes: int
    sha256: str
    key_id: str
    signature: str
    changes_after: str
