"""Found units and their heirs as a reader sees them."""

from collections.abc import Iterable
from datetime import date

from services.contracts.registry.finding import UnitHeir, UnitHeirsOf, UnitMatch
from services.registry.read_models import unit_views
from services.unit_directory.lineage import Heir, heirs_on, is_one, state_on
from services.unit_directory.tree import Unit, UnitTree
from services.unit_directory.unit_finder import Match


def match_view(match: Match, on: date) -> UnitMatch:
    """Show a match with the name that its unit bears on the day."""
    return UnitMatch(
        unit=unit_views.view(match.unit, on),
        state=state_on(match.unit, on),
        matched=match.matched,
        matched_text=match.text,
        borne_from=match.since,
        borne_to=match.until,
        likeness=match.likeness.told,
        marks_differ=match.marks_differ,
        kind_differs=match.kind_differs,
        ambiguous=match.is_ambiguous,
        heirs=_views(match.heirs, on),
    )


def heirs_of(tree: UnitTree, unit: Unit, on: date) -> UnitHeirsOf:
    """Show who holds a unit on a day."""
    heirs = heirs_on(tree, unit, on)
    return UnitHeirsOf(
        id=unit.id,
        state=state_on(unit, on),
        ambiguous=bool(heirs) and not is_one(heirs),
        heirs=_views(heirs, on),
    )


def _views(heirs: Iterable[Heir], on: date) -> tuple[UnitHeir, ...]:
    return tuple(
        UnitHeir(
            unit_id=heir.unit.id,
            code=heir.unit.code,
            name=heir.unit.named(on).name,
            whole=heir.whole,
            reason=heir.reason,
            since=heir.since,
            legal_basis=heir.legal_basis,
            through=heir.through,
        )
        for heir in heirs
    )
