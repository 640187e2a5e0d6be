"""Which of the registry's events others see, and in which words."""

from collections.abc import Callable
from typing import Any, Final, cast

from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent
from services.contracts.registry import events
from services.contracts.registry.unit_list_events import UnitListPublishedV1
from services.contracts.registry.units import Level
from services.registry.access_publishing import PUBLIC_ACCESS
from services.registry.area_publishing import PUBLIC_AREAS
from services.registry.care_publishing import PUBLIC_CARE
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.unit import Unit
from services.registry.domain.unit_list import UnitList
from services.registry.domain.unit_register import UnitRegister
from services.registry.domain.values import Heir
from services.registry.force_publishing import PUBLIC_PASSINGS, later_homes
from services.registry.hierarchy_publishing import PUBLIC_HIERARCHIES
from services.registry.quota_publishing import PUBLIC_QUOTAS
from services.registry.rating_publishing import PUBLIC_RATINGS
from services.registry.steering_publishing import PUBLIC_STEERING


def _unit_established(fact: Unit.Established) -> PublicEvent:
    return events.UnitEstablishedV1(
        unit_id=fact.originator_id,
        code=fact.code,
        level=cast("Level", fact.level),
        unit_type=fact.unit_type,
        name=fact.name,
        bare_name=fact.bare_name,
        parent_id=fact.parent_id,
        path=fact.path,
        valid_from=fact.valid_from,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_retyped(fact: Unit.Retyped) -> PublicEvent:
    return events.UnitRetypedV1(
        unit_id=fact.originator_id,
        effective_on=fact.effective_on,
        unit_type=fact.unit_type,
        name=fact.name,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_renamed(fact: Unit.Renamed) -> PublicEvent:
    return events.UnitRenamedV1(
        unit_id=fact.originator_id,
        effective_on=fact.effective_on,
        unit_type=fact.unit_type,
        name=fact.name,
        bare_name=fact.bare_name,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_abolished(fact: Unit.Abolished) -> PublicEvent:
    return events.UnitAbolishedV1(
        unit_id=fact.originator_id,
        valid_to=fact.valid_to,
        legal_basis=fact.legal_basis,
        successors=_heirs(fact.successors),
        decree_date=fact.decree_date,
    )


def _unit_part_transferred(fact: Unit.PartTransferred) -> PublicEvent:
    return events.UnitPartTransferredV1(
        unit_id=fact.originator_id,
        effective_on=fact.effective_on,
        to_unit_id=fact.to_unit_id,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_change_undone(fact: Unit.ChangeUndone) -> PublicEvent:
    return events.UnitChangeUndoneV1(
        unit_id=fact.originator_id,
        change_version=fact.change_version,
        change=fact.change.value,
        reason=fact.reason.value,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_voided(fact: Unit.Voided) -> PublicEvent:
    return events.UnitVoidedV1(
        unit_id=fact.originator_id,
        reason=fact.reason.value,
        heirs=_heirs(fact.heirs),
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _unit_custody_passed(fact: Unit.CustodyPassed) -> PublicEvent:
    return events.UnitCustodyPassedV1(
        unit_id=fact.originator_id,
        kind=fact.kind.value,
        keeper_id=fact.keeper_id,
        effective_on=fact.effective_on,
        legal_basis=fact.legal_basis,
        decree_date=fact.decree_date,
    )


def _heirs(heirs: list[Heir]) -> tuple[events.Successor, ...]:
    return tuple(
        events.Successor(unit_id=heir.unit_id, whole=heir.whole, kind=heir.kind)
        for heir in heirs
    )


def _unit_register_imported(fact: UnitRegister.Imported) -> PublicEvent:
    return events.UnitRegisterImportedV1(
        unit_id=fact.country_id,
        edition=fact.edition,
        units=fact.units,
        facts=fact.facts,
    )


def _unit_list_published(fact: UnitList.Published) -> PublicEvent:
    listed = fact.listed
    return UnitListPublishedV1(
        unit_id=listed.country_id,
        month=listed.month,
        known_at=fact.known_at,
        edition=listed.edition,
        units=listed.units,
        size_bytes=listed.size_bytes,
        sha256=listed.sha256,
        key_id=listed.key_id,
        signature=listed.signature,
        changes_after=listed.changes_after,
    )


def _force_unit_established(
    fact: ForceUnit.Established | ForceUnit.EstablishedAnew,
) -> PublicEvent:
    return events.ForceUnitEstablishedV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        established_on=fact.established_on,
    )


def _force_unit_disbanded(fact: ForceUnit.Disbanded) -> PublicEvent:
    return events.ForceUnitDisbandedV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        disbanded_on=fact.disbanded_on,
        later_homes=later_homes(fact.later_homes),
    )


def _force_unit_consolidated(fact: ForceUnit.Consolidated) -> PublicEvent:
    return events.ForceUnitConsolidatedV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        consolidated_on=fact.consolidated_on,
        into=tuple(fact.into),
        selected=fact.selected,
        ceased=fact.ceased,
        later_homes=later_homes(fact.later_homes),
    )


def _member_enrolled(fact: ForceUnit.MemberEnrolled) -> PublicEvent:
    return events.MemberEnrolledV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        post=fact.post,
        enrolled_on=fact.enrolled_on,
        from_member_id=fact.from_member_id,
        later_homes=later_homes(fact.later_homes),
    )


def _member_ceased(fact: ForceUnit.MemberCeased) -> PublicEvent:
    return events.MemberCeasedV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        ceased_on=fact.ceased_on,
        ground=fact.ground,
        later_homes=later_homes(fact.later_homes),
    )


def _member_post_changed(fact: ForceUnit.MemberPostChanged) -> PublicEvent:
    return events.MemberPostChangedV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        post=fact.post,
        changed_on=fact.changed_on,
    )


def _member_suspended(fact: ForceUnit.MemberSuspended) -> PublicEvent:
    return events.MemberSuspendedV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        suspended_on=fact.suspended_on,
    )


def _member_resumed(fact: ForceUnit.MemberResumed) -> PublicEvent:
    return events.MemberResumedV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        resumed_on=fact.resumed_on,
    )


def _force_unit_establishment_withdrawn(
    fact: ForceUnit.EstablishmentWithdrawn,
) -> PublicEvent:
    return events.ForceUnitEstablishmentWithdrawnV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        established_on=fact.established_on,
        later_homes=later_homes(fact.later_homes),
    )


def _member_enrolment_withdrawn(fact: ForceUnit.EnrolmentWithdrawn) -> PublicEvent:
    return events.MemberEnrolmentWithdrawnV1(
        member_id=fact.member_id,
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.unit_id,
        post=fact.post,
        enrolled_on=fact.enrolled_on,
        later_homes=later_homes(fact.later_homes),
    )


PUBLIC: Final[dict[type, Callable[[Any], PublicEvent | None]]] = {
    Unit.Established: _unit_established,
    Unit.Retyped: _unit_retyped,
    Unit.Renamed: _unit_renamed,
    Unit.Abolished: _unit_abolished,
    Unit.PartTransferred: _unit_part_transferred,
    Unit.ChangeUndone: _unit_change_undone,
    Unit.Voided: _unit_voided,
    Unit.CustodyPassed: _unit_custody_passed,
    UnitRegister.Imported: _unit_register_imported,
    UnitList.Published: _unit_list_published,
    ForceUnit.Established: _force_unit_established,
    ForceUnit.Disbanded: _force_unit_disbanded,
    ForceUnit.Consolidated: _force_unit_consolidated,
    ForceUnit.MemberEnrolled: _member_enrolled,
    ForceUnit.MemberCeased: _member_ceased,
    ForceUnit.EstablishedAnew: _force_unit_established,
    ForceUnit.EstablishmentWithdrawn: _force_unit_establishment_withdrawn,
    ForceUnit.EnrolmentWithdrawn: _member_enrolment_withdrawn,
    **PUBLIC_ACCESS,
    **PUBLIC_PASSINGS,
    **PUBLIC_AREAS,
    **PUBLIC_HIERARCHIES,
    **PUBLIC_STEERING,
    **PUBLIC_QUOTAS,
    **PUBLIC_RATINGS,
    **PUBLIC_CARE,
    ForceUnit.MemberPostChanged: _member_post_changed,
    ForceUnit.MemberSuspended: _member_suspended,
    ForceUnit.MemberResumed: _member_resumed,
}


def publish(recorded: RecordedEvent) -> PublicEvent | None:
    """Return what others see of a recorded event."""
    speak = PUBLIC.get(type(recorded.event))
    return None if speak is None else speak(recorded.event)
