"""Which norm of team size binds a place on a day? Answered from reference data."""

from datetime import date
from uuid import UUID

from services.contracts.registry.norms import NormRule, NormStep, NormView
from services.contracts.registry.units import UnitRef
from services.registry.domain.norms import NORMS, Norm, Rule
from services.unit_directory.tree import UnitTree, lies_within


def norms_on(
    tree: UnitTree, day: date | None, path: str | None = None
) -> list[tuple[Norm, UUID]]:
    """Return the rule sets of a day (None: of any), each with its province.

    A place in two of them is bound by the one that began last.
    """
    found = []
    for norm in NORMS:
        province = tree.resolve(UnitRef(code=norm.place.code), norm.place.on)
        if day is not None and not norm.in_force.holds(day):
            continue
        if path is None or lies_within(path, tree.covers(province.id)):
            found.append((norm, province.id))
    return sorted(found, key=lambda one: one[0].in_force.first or date.min)


def norm_at(tree: UnitTree, path: str, day: date) -> Norm | None:
    """Return the rule set that binds a place on a day; None where there is none."""
    found = norms_on(tree, day, path)
    return found[-1][0] if found else None


def view(norm: Norm, province_id: UUID) -> NormView:
    """Show a rule set."""
    return NormView(
        norm=norm.code,
        unit_id=province_id,
        source=norm.source,
        mark=norm.mark,
        day_mark=norm.day_mark,
        valid_from=norm.in_force.first,
        valid_to=norm.in_force.end,
        rules=tuple(_rule(rule) for rule in norm.rules),
    )


def _rule(rule: Rule) -> NormRule:
    beyond = rule.beyond
    return NormRule(
        areas=tuple(sorted(rule.areas)),
        measure=rule.measure,
        steps=tuple(
            NormStep(start=step.start, members=step.members, at_most=step.at_most)
            for step in rule.steps
        ),
        beyond_start=beyond and beyond.start,
        beyond_each=beyond and beyond.each,
        beyond_adds=beyond and beyond.adds,
    )
