"""What the registry publishes: units through time, forces, members.

Members are numbers here: no name or any other personal fact leaves the registry.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent
from services.contracts.registry.access_events import (
    AccessApprovedV1,
    AccessGrantedV1,
    AccessRevokedV1,
)
from services.contracts.registry.area_events import (
    ResidentialAreaCategoryGivenV1,
    ResidentialAreaCategoryLiftedV1,
    ResidentialAreaEndedV1,
    ResidentialAreaFiguresReportedV1,
    ResidentialAreaReassignedV1,
    ResidentialAreaReassignmentUndoneV1,
    ResidentialAreaRegisteredV1,
    ResidentialAreaRenamedV1,
    ResidentialAreaRetypedV1,
)
from services.contracts.registry.care_events import CARE_EVENTS
from services.contracts.registry.force_events import (
    ForceUnitPassedOnV1,
    ForceUnitPassingUndoneV1,
    LaterHome,
)
from services.contracts.registry.hierarchy_events import (
    HierarchyDefinedV1,
    HierarchyEndedV1,
    HierarchyLevelSkippedV1,
    HierarchyLevelSkipWithdrawnV1,
    HierarchyPlacingWithdrawnV1,
    HierarchyUnitPlacedV1,
    HierarchyUnitReturnedV1,
)
from services.contracts.registry.quota_events import QUOTA_EVENTS
from services.contracts.registry.rating_events import RATING_EVENTS
from services.contracts.registry.reorganisation_events import (
    ReorganisationExecutedV1,
    ReorganisationUndoneV1,
)
from services.contracts.registry.steering_events import (
    CoordinationProgrammeEndedV1,
    CoordinationProgrammeRenewedV1,
    CoordinationProgrammeReviewedV1,
    CoordinationProgrammeSignedV1,
    SteeringCommitteeDissolvedV1,
    SteeringCommitteeEstablishedV1,
    SteeringCommitteeReconstitutedV1,
)
from services.contracts.registry.unit_list_events import UnitListPublishedV1
from services.contracts.registry.units import Level


class Successor(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that took over the whole or a part of another one.

    `effective_on` is the first day of it; in a fact that has a day of its own it is
    empty.
    """

    unit_id: UUID
    whole: bool
    kind: str  # merge | split | retype | rename | unchanged | transfer | void
    effective_on: date | None = None


class UnitEstablishedV1(PublicEvent, frozen=True, kw_only=True):
    """A unit version exists from `valid_from` (None: before the register begins)."""

    TYPE: ClassVar[str] = "registry.unit.established.v1"

    unit_id: UUID
    code: str
    level: Level
    unit_type: str
    name: str
    bare_name: str
    parent_id: UUID | None
    path: str
    valid_from: date | None
    valid_to: date | None = None  # always None today: an end is a fact of its own
    legal_basis: str | None = None
    decree_date: date | None = None


class UnitRetypedV1(PublicEvent, frozen=True, kw_only=True):
    """The unit keeps code and id and bears another type, and so another full name."""

    TYPE: ClassVar[str] = "registry.unit.retyped.v1"

    unit_id: UUID
    effective_on: date
    unit_type: str
    name: str
    legal_basis: str | None = None
    decree_date: date | None = None


class UnitRenamedV1(PublicEvent, frozen=True, kw_only=True):
    """The unit keeps code, id and type and bears another name."""

    TYPE: ClassVar[str] = "registry.unit.renamed.v1"

    unit_id: UUID
    effective_on: date
    unit_type: str
    name: str
    bare_name: str
    legal_basis: str | None = None
    decree_date: date | None = None


class UnitAbolishedV1(PublicEvent, frozen=True, kw_only=True):
    """The unit ended; `valid_to` is the first day on which it is no more."""

    TYPE: ClassVar[str] = "registry.unit.abolished.v1"

    unit_id: UUID
    valid_to: date
    legal_basis: str | None
    successors: tuple[Successor, ...]
    decree_date: date | None = None


class UnitPartTransferredV1(PublicEvent, frozen=True, kw_only=True):
    """A part of a living unit went to another living unit; both stay."""

    TYPE: ClassVar[str] = "registry.unit.part_transferred.v1"

    unit_id: UUID
    effective_on: date
    to_unit_id: UUID
    legal_basis: str | None
    decree_date: date | None


class UnitChangeUndoneV1(PublicEvent, frozen=True, kw_only=True):
    """An earlier fact about the unit holds no more.

    `change_version` is the number behind the slash of that fact's event id.
    """

    TYPE: ClassVar[str] = "registry.unit.change_undone.v1"

    unit_id: UUID
    change_version: int
    change: str  # renamed | retyped | part_transferred | abolished | voided | …
    reason: str  # entered_wrongly | decree_withdrawn | decree_postponed
    legal_basis: str | None
    decree_date: date | None


class UnitVoidedV1(PublicEvent, frozen=True, kw_only=True):
    """The unit's establishment was taken back: it was in force on no day.

    It stays known by its id; what was recorded under it belongs to the heirs.
    """

    TYPE: ClassVar[str] = "registry.unit.voided.v1"

    unit_id: UUID
    reason: str  # as in UnitChangeUndoneV1
    heirs: tuple[Successor, ...]
    legal_basis: str | None
    decree_date: date | None


class UnitCustodyPassedV1(PublicEvent, frozen=True, kw_only=True):
    """A divided unit's rows of one kind are kept by another unit from a day on.

    No row moves: the keeper's people reach them too. The last word about a kind
    stands; one that is taken back is undone as any change.
    """

    TYPE: ClassVar[str] = "registry.unit.custody_passed.v1"

    unit_id: UUID
    kind: str  # as CustodyKind of services/contracts/dependants.py
    keeper_id: UUID
    effective_on: date
    legal_basis: str | None
    decree_date: date | None


class UnitRegisterImportedV1(PublicEvent, frozen=True, kw_only=True):
    """An edition of the register stands whole in the store.

    `facts` counts the unit events that make it up: a reader that has applied so many
    knows the whole tree, in whatever order the partitions came.
    """

    TYPE: ClassVar[str] = "registry.unit_register.imported.v1"

    unit_id: UUID  # the country
    edition: str
    units: int
    facts: int


class ForceUnitEstablishedV1(PublicEvent, frozen=True, kw_only=True):
    """A board, team or force was set up in a unit."""

    TYPE: ClassVar[str] = "registry.force_unit.established.v1"

    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    established_on: date


class ForceUnitDisbandedV1(PublicEvent, frozen=True, kw_only=True):
    """A board, team or force ended; `disbanded_on` is its first day without it."""

    TYPE: ClassVar[str] = "registry.force_unit.disbanded.v1"

    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    disbanded_on: date
    later_homes: tuple[LaterHome, ...] = ()


class ForceUnitConsolidatedV1(PublicEvent, frozen=True, kw_only=True):
    """A force of former law ended and some of its people serve on in others.

    `consolidated_on` is its first day without it. The members' own facts tell who
    ceased and who was enrolled again.
    """

    TYPE: ClassVar[str] = "registry.force_unit.consolidated.v1"

    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    consolidated_on: date
    into: tuple[UUID, ...]
    selected: int
    ceased: int
    later_homes: tuple[LaterHome, ...] = ()


class MemberEnrolledV1(PublicEvent, frozen=True, kw_only=True):
    """One person serves in a force from `enrolled_on`."""

    TYPE: ClassVar[str] = "registry.member.enrolled.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    post: str
    enrolled_on: date
    from_member_id: UUID | None = None
    later_homes: tuple[LaterHome, ...] = ()


class MemberCeasedV1(PublicEvent, frozen=True, kw_only=True):
    """One person serves no longer; `ceased_on` is the first day without service."""

    TYPE: ClassVar[str] = "registry.member.ceased.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    ceased_on: date
    ground: str
    later_homes: tuple[LaterHome, ...] = ()


class MemberPostChangedV1(PublicEvent, frozen=True, kw_only=True):
    """One person serves in another post from `changed_on`."""

    TYPE: ClassVar[str] = "registry.member.post_changed.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    post: str
    changed_on: date


class MemberSuspendedV1(PublicEvent, frozen=True, kw_only=True):
    """One person serves on without being active, from `suspended_on`."""

    TYPE: ClassVar[str] = "registry.member.suspended.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    suspended_on: date


class MemberResumedV1(PublicEvent, frozen=True, kw_only=True):
    """One suspended person is active again, from `resumed_on`."""

    TYPE: ClassVar[str] = "registry.member.resumed.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    resumed_on: date


class ForceUnitEstablishmentWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """A board, team or force was recorded by mistake: it has never been."""

    TYPE: ClassVar[str] = "registry.force_unit.establishment_withdrawn.v1"

    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    established_on: date
    later_homes: tuple[LaterHome, ...] = ()


class MemberEnrolmentWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """An enrolment was recorded by mistake: the service has never been."""

    TYPE: ClassVar[str] = "registry.member.enrolment_withdrawn.v1"

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    post: str
    enrolled_on: date
    later_homes: tuple[LaterHome, ...] = ()


PUBLIC_EVENTS: tuple[type[PublicEvent], ...] = (
    UnitEstablishedV1,
    UnitRetypedV1,
    UnitRenamedV1,
    UnitAbolishedV1,
    UnitPartTransferredV1,
    UnitChangeUndoneV1,
    UnitVoidedV1,
    UnitCustodyPassedV1,
    UnitRegisterImportedV1,
    ForceUnitEstablishedV1,
    ForceUnitDisbandedV1,
    ForceUnitConsolidatedV1,
    MemberEnrolledV1,
    MemberCeasedV1,
    ResidentialAreaRegisteredV1,
    ResidentialAreaRenamedV1,
    ResidentialAreaRetypedV1,
    ResidentialAreaEndedV1,
    ResidentialAreaFiguresReportedV1,
    ResidentialAreaCategoryGivenV1,
    ResidentialAreaCategoryLiftedV1,
    MemberPostChangedV1,
    MemberSuspendedV1,
    MemberResumedV1,
    HierarchyDefinedV1,
    HierarchyLevelSkippedV1,
    HierarchyLevelSkipWithdrawnV1,
    HierarchyUnitPlacedV1,
    HierarchyUnitReturnedV1,
    HierarchyPlacingWithdrawnV1,
    HierarchyEndedV1,
    ResidentialAreaReassignedV1,
    ResidentialAreaReassignmentUndoneV1,
    ReorganisationExecutedV1,
    ReorganisationUndoneV1,
    ForceUnitEstablishmentWithdrawnV1,
    MemberEnrolmentWithdrawnV1,
    ForceUnitPassedOnV1,
    ForceUnitPassingUndoneV1,
    SteeringCommitteeEstablishedV1,
    SteeringCommitteeReconstitutedV1,
    SteeringCommitteeDissolvedV1,
    CoordinationProgrammeSignedV1,
    CoordinationProgrammeReviewedV1,
    CoordinationProgrammeEndedV1,
    CoordinationProgrammeRenewedV1,
    *QUOTA_EVENTS,
    *RATING_EVENTS,
    *CARE_EVENTS,
    UnitListPublishedV1,
    AccessGrantedV1,
    AccessApprovedV1,
    AccessRevokedV1,
)
