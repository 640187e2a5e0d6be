"""Who acts on a tip, and whether the tip exists for him."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.tips.domain.errors import TipNotFound
from services.tips.domain.tip import Tip


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with the units that he was given."""

    subject: str
    covers: Callable[[UUID], bool]

    def own(self, tip: Tip | None) -> Tip:
        """Give the tip. Raises TipNotFound, the same for absent and not his."""
        if tip is None or not self.covers(tip.unit_id):
            raise TipNotFound
        return tip
