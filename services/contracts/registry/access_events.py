"""What the registry tells the other services about rights that are handed on.

For services alone: the streams stand in the platform's own account of NATS, which no
partner can read. An account is a code, never a person's name; who gave a right and why
it was taken back stay with the registry.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.contracts.envelope import PublicEvent


class AccessGrantedV1(PublicEvent, frozen=True, kw_only=True):
    """An account has these scopes in a unit's area, both days included.

    `scopes` are those of the role when it was given; what the role comes to mean later
    changes no grant. Where `needs_approval` is true it counts from its approval on.
    """

    TYPE: ClassVar[str] = "registry.access_grant.granted.v1"

    grant_id: UUID
    subject: str
    role: str
    scopes: tuple[str, ...]
    unit_id: UUID
    first_day: date
    last_day: date
    needs_approval: bool


class AccessApprovedV1(PublicEvent, frozen=True, kw_only=True):
    """A second person let a grant count."""

    TYPE: ClassVar[str] = "registry.access_grant.approved.v1"

    grant_id: UUID


class AccessRevokedV1(PublicEvent, frozen=True, kw_only=True):
    """A grant was taken back; it counts no more."""

    TYPE: ClassVar[str] = "registry.access_grant.revoked.v1"

    grant_id: UUID
    revoked_on: date
