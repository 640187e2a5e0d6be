"""Which facts about credentials, training and care others see: kind, unit, day."""

from collections.abc import Callable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import care_events as events
from services.registry.domain.credential_book import CredentialBook
from services.registry.domain.support_claim import SupportClaim
from services.registry.domain.training_course import TrainingCourse
from services.registry.domain.welfare_visit import WelfareVisit


def _credential_issued(fact: CredentialBook.Issued) -> PublicEvent:
    return events.CredentialIssuedV1(
        credential_id=fact.credential_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        issued_on=fact.issued_on,
    )


def _credential_replaced(fact: CredentialBook.Replaced) -> PublicEvent:
    return events.CredentialReplacedV1(
        credential_id=fact.credential_id,
        replaces_id=fact.replaces_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        how=fact.how,
        replaced_on=fact.replaced_on,
    )


# What follows told no unit when it was first recorded: such old facts stay unpublished.
def _credential_revoked(fact: CredentialBook.Revoked) -> PublicEvent | None:
    if fact.unit_id is None or fact.kind is None:
        return None
    return events.CredentialRevokedV1(
        credential_id=fact.credential_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        revoked_on=fact.revoked_on,
    )


def _course_held(fact: TrainingCourse.Held) -> PublicEvent | None:
    if fact.unit_id is None:
        return None
    return events.CourseHeldV1(
        course_id=fact.originator_id,
        unit_id=fact.unit_id,
        held_on=fact.held_on,
        attended=len(fact.attended),
    )


def _course_certified(fact: TrainingCourse.Certified) -> PublicEvent | None:
    if fact.unit_id is None:
        return None
    return events.CourseCertifiedV1(
        course_id=fact.originator_id,
        unit_id=fact.unit_id,
        certified_on=fact.certified_on,
        certified=len(fact.member_ids),
    )


def _claim_filed(fact: SupportClaim.Filed) -> PublicEvent:
    return events.ClaimFiledV1(
        claim_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        filed_on=fact.filed_on,
    )


def _claim_approved(fact: SupportClaim.Approved) -> PublicEvent | None:
    if fact.unit_id is None or fact.kind is None:
        return None
    return events.ClaimApprovedV1(
        claim_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        approved_on=fact.approved_on,
    )


def _claim_refused(fact: SupportClaim.Refused) -> PublicEvent | None:
    if fact.unit_id is None or fact.kind is None:
        return None
    return events.ClaimRefusedV1(
        claim_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        refused_on=fact.refused_on,
    )


def _claim_paid(fact: SupportClaim.Paid) -> PublicEvent | None:
    if fact.unit_id is None or fact.kind is None:
        return None
    return events.ClaimPaidV1(
        claim_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        paid_on=fact.paid_on,
    )


def _claim_withdrawn(fact: SupportClaim.Withdrawn) -> PublicEvent | None:
    if fact.unit_id is None or fact.kind is None:
        return None
    return events.ClaimWithdrawnV1(
        claim_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        withdrawn_on=fact.withdrawn_on,
    )


def _visit_planned(fact: WelfareVisit.Planned) -> PublicEvent:
    return events.VisitPlannedV1(
        visit_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.occasion,
        planned_on=fact.planned_on,
    )


def _visit_made(fact: WelfareVisit.Made) -> PublicEvent | None:
    if fact.unit_id is None or fact.occasion is None:
        return None
    return events.VisitMadeV1(
        visit_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.occasion,
        made_on=fact.made_on,
    )


def _visit_cancelled(fact: WelfareVisit.Cancelled) -> PublicEvent | None:
    if fact.unit_id is None or fact.occasion is None:
        return None
    return events.VisitCancelledV1(
        visit_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.occasion,
        cancelled_on=fact.cancelled_on,
    )


PUBLIC_CARE: Final[dict[type, Callable[[Any], PublicEvent | None]]] = {
    CredentialBook.Issued: _credential_issued,
    CredentialBook.Replaced: _credential_replaced,
    CredentialBook.Revoked: _credential_revoked,
    TrainingCourse.Held: _course_held,
    TrainingCourse.Certified: _course_certified,
    SupportClaim.Filed: _claim_filed,
    SupportClaim.Approved: _claim_approved,
    SupportClaim.Refused: _claim_refused,
    SupportClaim.Paid: _claim_paid,
    SupportClaim.Withdrawn: _claim_withdrawn,
    WelfareVisit.Planned: _visit_planned,
    WelfareVisit.Made: _visit_made,
    WelfareVisit.Cancelled: _visit_cancelled,
}
