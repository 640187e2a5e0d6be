"""By which dated rules is chased and rated, how sure are they? `care_rules.list`."""

from datetime import date
from functools import cache

from services.contracts.registry.care import CareRulesAnswer, CareRuleView
from services.registry.domain.care_rules import (
    DeadlineRule,
    DossierRule,
    RatingRule,
    Topic,
    care_rules,
)


@cache
def list_rules() -> CareRulesAnswer:
    """Return the whole table with source and mark."""
    rules = care_rules()
    return CareRulesAnswer(
        rows=(
            *(_row("deadline", one, one.kind) for one in rules.deadline),
            *(_row("dossier", one, one.kind) for one in rules.dossier),
            *(_row("topic", one, one.code) for one in rules.topic),
            *(_row("rating", one, "yearly_rating") for one in rules.rating),
        )
    )


def _row(
    group: str, rule: DeadlineRule | DossierRule | Topic | RatingRule, code: str
) -> CareRuleView:
    told = {"kind", "code", "since", "since_year", "source", "mark"}
    return CareRuleView(
        group=group,
        code=code,
        since=_since(rule),
        terms={
            name: _said(value)
            for name, value in rule._asdict().items()
            if name not in told
        },
        source=rule.source,
        mark=rule.mark,
    )


def _since(rule: DeadlineRule | DossierRule | Topic | RatingRule) -> date:
    if isinstance(rule, RatingRule):
        return date(rule.since_year - 1, rule.first_month, rule.first_day)
    return rule.since


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
