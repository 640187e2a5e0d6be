"""Papers of a request as the domain knows them; used by every command about members."""

from datetime import date

from services.contracts.registry.papers import (
    BackgroundPaper,
    ConditionPapers,
    DecisionPaper,
    EvidencePapers,
    PersonFacts,
)
from services.contracts.registry.selection import DossierPapers
from services.registry.domain.cessation_rules import Evidence
from services.registry.domain.conditions import (
    AreaCategory,
    BackgroundCheck,
    Candidate,
    Outcome,
    judged,
)
from services.registry.domain.decision import Decision
from services.registry.domain.member_law import law_on
from services.registry.domain.selection_values import Dossier
from services.registry.domain.service_errors import ConditionsNotKnownThen
from services.registry.person_vault import PersonRecord


def decision_in(paper: DecisionPaper) -> Decision:
    """Return a decision."""
    return Decision(paper.number, paper.decided_on, paper.issuer)


def maybe_decision(paper: DecisionPaper | None) -> Decision | None:
    """Return a decision where there is one."""
    return None if paper is None else decision_in(paper)


def maybe_evidence(papers: EvidencePapers | None) -> Evidence | None:
    """Return evidence where there is some."""
    return None if papers is None else evidence_in(papers)


def evidence_in(papers: EvidencePapers) -> Evidence:
    """Return evidence."""
    return Evidence(**{name: getattr(papers, name) for name in Evidence._fields})


def record_in(facts: PersonFacts, full_name: str) -> PersonRecord:
    """Return the record of somebody new, for the vault."""
    return PersonRecord(
        full_name=full_name,
        birth_date=facts.birth_date,
        citizen_id=facts.citizen_id,
        old_id=facts.old_id,
        phone=facts.phone,
        school_level=facts.school_level,
        resident_since=facts.resident_since,
    )


def _check_in(paper: BackgroundPaper | None) -> BackgroundCheck | None:
    if paper is None:
        return None
    return BackgroundCheck(paper.result == "met", paper.unit_id, paper.checked_on)


def dossier_in(papers: DossierPapers) -> Dossier:
    """Return what is known of a dossier."""
    shown = papers.conditions
    return Dossier(
        tuple(papers.missing),
        shown.health_certified_on,
        _check_in(shown.background),
        shown.area_category,
        shown.over_age_allowed,
    )


def candidate_of(dossier: Dossier, record: PersonRecord) -> Candidate:
    """Return what the conditions are judged by."""
    return Candidate(
        record.birth_date,
        record.resident_since,
        record.school_level,
        dossier.health_certified_on,
        dossier.background,
        AreaCategory(dossier.area),
        over_age_allowed=dossier.over_age_allowed,
    )


def outcomes_of(
    papers: ConditionPapers, record: PersonRecord, force_type: str, on: date, field: str
) -> tuple[Outcome, ...]:
    """Judge the conditions of a force on a day. Raises ConditionsNotKnownThen."""
    law = law_on(force_type, on)
    if law is None:
        raise ConditionsNotKnownThen(field=field, day=on, force_type=force_type)
    dossier = dossier_in(DossierPapers(conditions=papers))
    return judged(candidate_of(dossier, record), law, on)
