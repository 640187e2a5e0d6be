"""What the registry publishes about credentials, training and care: kind, unit, day.

No member, team, amount, paper or ground: in a commune with one team whoever reads them
would know who it is. A claim or a visit of one commune is one person's; a view beyond
that commune adds them up, and does not show ones and twos.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.contracts.envelope import PublicEvent


class CredentialIssuedV1(PublicEvent, frozen=True, kw_only=True):
    """A badge, an emblem, an insignia or a certificate was given to a member."""

    TYPE: ClassVar[str] = "registry.credential.issued.v1"

    credential_id: UUID
    unit_id: UUID
    kind: str
    issued_on: date


class CredentialReplacedV1(PublicEvent, frozen=True, kw_only=True):
    """A credential gave way to another of its kind: exchanged, or lost and reissued."""

    TYPE: ClassVar[str] = "registry.credential.replaced.v1"

    credential_id: UUID
    replaces_id: UUID
    unit_id: UUID
    kind: str
    how: str
    replaced_on: date


class CredentialRevokedV1(PublicEvent, frozen=True, kw_only=True):
    """A credential was taken back, or declared lost."""

    TYPE: ClassVar[str] = "registry.credential.revoked.v1"

    credential_id: UUID
    unit_id: UUID
    kind: str
    revoked_on: date


class CourseHeldV1(PublicEvent, frozen=True, kw_only=True):
    """A course of training was held; `attended` members were there."""

    TYPE: ClassVar[str] = "registry.course.held.v1"

    course_id: UUID
    unit_id: UUID
    held_on: date
    attended: int


class CourseCertifiedV1(PublicEvent, frozen=True, kw_only=True):
    """So many more members of a course were certified."""

    TYPE: ClassVar[str] = "registry.course.certified.v1"

    course_id: UUID
    unit_id: UUID
    certified_on: date
    certified: int


class ClaimFiledV1(PublicEvent, frozen=True, kw_only=True):
    """Support was asked for after an occurrence on duty."""

    TYPE: ClassVar[str] = "registry.claim.filed.v1"

    claim_id: UUID
    unit_id: UUID
    kind: str  # illness | accident | injury | death
    filed_on: date


class ClaimApprovedV1(PublicEvent, frozen=True, kw_only=True):
    """Support was granted."""

    TYPE: ClassVar[str] = "registry.claim.approved.v1"

    claim_id: UUID
    unit_id: UUID
    kind: str
    approved_on: date


class ClaimRefusedV1(PublicEvent, frozen=True, kw_only=True):
    """Support was not granted."""

    TYPE: ClassVar[str] = "registry.claim.refused.v1"

    claim_id: UUID
    unit_id: UUID
    kind: str
    refused_on: date


class ClaimPaidV1(PublicEvent, frozen=True, kw_only=True):
    """What was granted is paid."""

    TYPE: ClassVar[str] = "registry.claim.paid.v1"

    claim_id: UUID
    unit_id: UUID
    kind: str
    paid_on: date


class ClaimWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """A claim was taken back before it was decided."""

    TYPE: ClassVar[str] = "registry.claim.withdrawn.v1"

    claim_id: UUID
    unit_id: UUID
    kind: str
    withdrawn_on: date


class VisitPlannedV1(PublicEvent, frozen=True, kw_only=True):
    """A visit is owed after an occurrence on duty."""

    TYPE: ClassVar[str] = "registry.visit.planned.v1"

    visit_id: UUID
    unit_id: UUID
    kind: str
    planned_on: date


class VisitMadeV1(PublicEvent, frozen=True, kw_only=True):
    """A visit was made."""

    TYPE: ClassVar[str] = "registry.visit.made.v1"

    visit_id: UUID
    unit_id: UUID
    kind: str
    made_on: date


class VisitCancelledV1(PublicEvent, frozen=True, kw_only=True):
    """A visit was planned by mistake: nothing was owed."""

    TYPE: ClassVar[str] = "registry.visit.cancelled.v1"

    visit_id: UUID
    unit_id: UUID
    kind: str
    cancelled_on: date


CARE_EVENTS: tuple[type[PublicEvent], ...] = (
    CredentialIssuedV1,
    CredentialReplacedV1,
    CredentialRevokedV1,
    CourseHeldV1,
    CourseCertifiedV1,
    ClaimFiledV1,
    ClaimApprovedV1,
    ClaimRefusedV1,
    ClaimPaidV1,
    ClaimWithdrawnV1,
    VisitPlannedV1,
    VisitMadeV1,
    VisitCancelledV1,
)
