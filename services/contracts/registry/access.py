"""Requests and answers about rights that are handed on: by HTTP and by NATS verbs.

Verbs: access.roles access.list access.who access.mine (queries); access.grant
access.approve access.revoke (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitRef

# The name of an account as tokens carry it: a code, never a person's name.
Subject = Annotated[
    str, Meta(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._@:-]*$")
]
RoleCode = Annotated[str, Meta(max_length=40, pattern=r"^[a-z][a-z_]*$")]
ScopeCode = Annotated[str, Meta(max_length=40, pattern=r"^[a-z]+:[a-z_]+$")]
RevocationReason = Literal["no_longer_needed", "left_office", "misuse", "mistake"]


class GrantAccess(Request, frozen=True):
    """Hand a role on to another account in a unit's area, until the last day."""

    subject: Annotated[Subject, about("Account that is to have it.")]
    role: Annotated[RoleCode, about("Code of the role (vai trò).")]
    unit: Annotated[UnitRef, about("Root of its area (đơn vị).")]
    first_day: Annotated[date, about("First day (từ ngày).")]
    last_day: Annotated[date, about("Last day, inclusive (đến hết ngày).")]


class AccessGranted(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to GrantAccess; a sensitive role waits for a second person."""

    grant_id: UUID
    needs_approval: bool


class ApproveAccess(Request, frozen=True):
    """Let a sensitive grant count, as a second person."""

    grant_id: Annotated[UUID, about("Which grant.")]


class RevokeAccess(Request, frozen=True):
    """Take a grant back from today on."""

    grant_id: Annotated[UUID, about("Which grant.")]
    reason: Annotated[RevocationReason, about("Why (lý do).")]


class AccessChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to ApproveAccess and RevokeAccess."""

    grant_id: UUID


class AccessRoles(Request, frozen=True):
    """The bundles of rights that can be handed on."""


class RoleView(msgspec.Struct, frozen=True, kw_only=True):
    """One bundle of rights."""

    role: str
    name_vi: str
    name_en: str
    scopes: tuple[str, ...]
    longest_days: int
    sensitive: bool


class AccessRolesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All roles, by code."""

    rows: tuple[RoleView, ...]


class AccessList(Request, frozen=True):
    """Grants in a unit's subtree, by place; on a day, or all that ever were."""

    unit: UnitRef
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class WhoCanSee(Request, frozen=True):
    """Who reaches a unit on a day (default: today) by a grant, with which scope.

    Who keeps one kind of a divided unit's rows reaches these alone and is not listed:
    the unit's changes say who that is.
    """

    unit: UnitRef
    scope: ScopeCode | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class AccessMine(Request, frozen=True):
    """What the caller itself holds today, by its token and by grants."""


class HeldRight(msgspec.Struct, frozen=True, kw_only=True):
    """Scopes in a unit's area; by the token where there is no last day."""

    scopes: tuple[str, ...]
    unit_id: UUID
    last_day: date | None


class MyRights(msgspec.Struct, frozen=True, kw_only=True):
    """All that counts today, the token's first."""

    rows: tuple[HeldRight, ...]


class GrantView(msgspec.Struct, frozen=True, kw_only=True):
    """A grant as a reader sees it; ``unit_id`` is the root of its area.

    ``scopes`` are those of the role when it was given: they count until it ends.
    """

    id: UUID
    subject: str
    role: str
    unit_id: UUID
    first_day: date
    last_day: date
    state: str
    granted_by: str
    approved_by: str | None
    revoked_on: date | None
    revoked_by: str | None
    scopes: tuple[str, ...]
    cursor: str | None = None


class GrantList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of grants. Rights that an issuer writes into tokens are not among them."""

    rows: tuple[GrantView, ...]
    has_next: bool
