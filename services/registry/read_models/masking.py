"""Answers cut to the columns that the gateway needs; all else stays unsent."""

from typing import Any, Final

import msgspec

from services.chassis.lists import require_known
from services.contracts.registry import (
    access,
    care,
    credentials,
    deadlines,
    force_types,
    force_units,
    imports,
    members,
    norms,
    people,
    quotas,
    rating,
    reorganisations,
    residential_areas,
    selection,
    service_life,
    steering,
    strength,
    training,
    unit_history,
    unit_lists,
    unit_views,
)

ROWS: Final = (
    people.PersonView,
    people.ReadingView,
    people.ReaderWeek,
    people.DisputeView,
    people.DuplicateView,
    unit_views.UnitView,
    force_types.ForceTypeView,
    force_units.ForceUnitView,
    members.MemberView,
    strength.StrengthRow,
    access.RoleView,
    access.GrantView,
    access.HeldRight,
    quotas.QuotaView,
    norms.NormView,
    norms.UnitGaps,
    quotas.QuotaDecisionView,
    deadlines.DeadlineView,
    imports.ImportView,
    imports.CellFault,
    steering.CommitteeView,
    steering.ProgrammeView,
    residential_areas.AreaView,
    reorganisations.ReorganisationView,
    reorganisations.DependantView,
    residential_areas.AreaWordView,
    credentials.CredentialView,
    credentials.MemberCardView,
    credentials.MemberCardKey,
    care.ClaimView,
    rating.RatingRoundView,
    training.CourseView,
    training.TrainingView,
    rating.RatingResultView,
    care.VisitView,
    care.CareRuleView,
    unit_history.UnitTreeRow,
    unit_history.UnitChangeView,
    unit_lists.UnitListView,
    service_life.MemberFact,
    service_life.MemberDecisionView,
    selection.SelectionRoundView,
)


def masked(
    answer: msgspec.Struct, fields: tuple[str, ...] | None
) -> msgspec.Struct | bytes:
    """Keep these columns of every row, and its cursor. Raises FieldUnknown."""
    if fields is None:
        return answer
    return msgspec.json.encode(_cut(answer, frozenset(fields)))


def _cut(value: Any, fields: frozenset[str]) -> Any:
    if isinstance(value, ROWS):
        require_known(fields, value.__struct_fields__)
        kept = {name: getattr(value, name) for name in sorted(fields)}
        cursor = getattr(value, "cursor", None)
        return kept if cursor is None else {**kept, "cursor": cursor}
    if isinstance(value, tuple):
        return [_cut(item, fields) for item in value]
    if isinstance(value, msgspec.Struct):
        return {
            name: _cut(getattr(value, name), fields) for name in value.__struct_fields__
        }
    return value
