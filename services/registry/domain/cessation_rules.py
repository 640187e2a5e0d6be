"""What has to be shown before a service ends on one of the grounds of Đ.17.3."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from services.registry.domain.decision import Decision
from services.registry.domain.decision_book import refuse_undecided
from services.registry.domain.member_law import BreachRule, MemberLaw, law_on
from services.registry.domain.service_errors import (
    EvidenceAfterCessation,
    EvidenceMissing,
)
from services.registry.domain.values import Ground

# Death and the end of the force itself are proved by themselves.
PROVED_GROUNDS: Final = frozenset(
    {Ground.OWN_REQUEST, Ground.HEALTH, Ground.BREACH, Ground.MEASURE}
)
_TWICE: Final = 2


class Measure(enum.StrEnum):
    """Which kind of decision ends a service under d; nothing more is said about it."""

    PROSECUTION = "prosecution"
    PREVENTIVE = "preventive"
    ADMINISTRATIVE = "administrative"


class Needed(enum.StrEnum):
    """What is missing from the evidence of a ground."""

    APPLICATION = "application"
    HEALTH_CERTIFICATE = "health_certificate"
    TWO_REFUSALS_OR_REMINDERS = "two_refusals_or_reminders"
    TWO_REMINDERS = "two_reminders"
    BREACH_AFTER_REMINDERS = "breach_after_reminders"
    MEASURE = "measure"


class Evidence(NamedTuple):
    """The dated papers behind a ground: days and kinds, never what they say."""

    application_on: date | None = None
    health_certified_on: date | None = None
    refused_on: tuple[date, ...] = ()
    reminded_on: tuple[date, ...] = ()
    breached_on: date | None = None
    measure: str | None = None
    measure_on: date | None = None

    def days(self) -> list[date]:
        """Return every day that a paper bears."""
        single = (
            self.application_on,
            self.health_certified_on,
            self.breached_on,
            self.measure_on,
        )
        return [*filter(None, single), *self.refused_on, *self.reminded_on]


class CessationPapers(NamedTuple):
    """What comes with the end of a service: decision, evidence, the version it saw."""

    decision: Decision | None = None
    evidence: Evidence | None = None
    expected_version: int | None = None


NO_PAPERS: Final = CessationPapers()


def refuse_papers(
    force_type: str, on: date, ground: Ground, papers: CessationPapers, today: date
) -> None:
    """Let an end pass that is decided and proved as the law of its day wants.

    Raises DecisionRequired, DayInFuture, EvidenceMissing, EvidenceAfterCessation.
    """
    law = law_on(force_type, on)
    if ground in PROVED_GROUNDS or papers.decision is not None:
        refuse_undecided(force_type, on, papers.decision, today, "$.decision")
    if law is not None:
        refuse_unproven(ground, papers.evidence, law)
    refuse_later_evidence(papers.evidence, on)


def refuse_unproven(
    ground: Ground, evidence: Evidence | None, law: MemberLaw, field: str = "$.evidence"
) -> None:
    """Let a ground pass whose evidence is whole. Raises EvidenceMissing."""
    if ground not in PROVED_GROUNDS:
        return
    missing = _missing(ground, evidence or Evidence(), law)
    if missing is not None:
        raise EvidenceMissing(field=field, ground=ground.value, needed=missing.value)


def refuse_later_evidence(evidence: Evidence | None, on: date) -> None:
    """Let evidence pass that is no later than a day. Raises EvidenceAfterCessation."""
    late = [day for day in (evidence or Evidence()).days() if day > on]
    if late:
        raise EvidenceAfterCessation(field="$.evidence", day=max(late))


def _missing(ground: Ground, shown: Evidence, law: MemberLaw) -> Needed | None:
    if ground is Ground.BREACH:
        return _missing_for_breach(shown, law.breach_rule)
    wanted = {
        Ground.OWN_REQUEST: (shown.application_on, Needed.APPLICATION),
        Ground.HEALTH: (shown.health_certified_on, Needed.HEALTH_CERTIFICATE),
        Ground.MEASURE: (shown.measure and shown.measure_on, Needed.MEASURE),
    }
    paper, needed = wanted[ground]
    return None if paper else needed


def _missing_for_breach(shown: Evidence, rule: BreachRule) -> Needed | None:
    reminders = sorted(set(shown.reminded_on))
    if rule is BreachRule.REFUSALS_OR_REMINDERS:
        if len(set(shown.refused_on)) >= _TWICE:
            return None
        if len(reminders) < _TWICE:
            return Needed.TWO_REFUSALS_OR_REMINDERS
    elif len(reminders) < _TWICE:
        return Needed.TWO_REMINDERS
    second = reminders[_TWICE - 1]
    # By the looser rule a single refusal proves nothing, whenever it was.
    refusals = shown.refused_on if rule is BreachRule.REMINDERS_ALWAYS else ()
    if _any_after(second, (shown.breached_on, *refusals)):
        return None
    return Needed.BREACH_AFTER_REMINDERS


def _any_after(day: date, others: Sequence[date | None]) -> bool:
    return any(other is not None and other > day for other in others)
