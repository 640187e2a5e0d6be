"""How is a sum spread over many so that nothing is lost? The largest remainder.

Every section of the plan uses it; the property tests hold it to its word.
"""

from collections.abc import Sequence
from fractions import Fraction


def spread(
    total: int, weights: Sequence[float], *, least: int = 0, most: int | None = None
) -> list[int]:
    """Return whole parts that add up to the total, in proportion to the weights.

    Each part lies between ``least`` and ``most``. Raises ValueError when that cannot
    be, or when a weight is not above zero.
    """
    count = len(weights)
    if any(weight <= 0 for weight in weights):
        raise ValueError("every weight has to be above zero")
    top = total if most is None else most
    if not least * count <= total <= max(top, 0) * count:
        raise ValueError(f"{total} cannot be spread over {count} parts")
    parts = [least] * count
    rest = total - least * count
    while rest:
        room = [place for place in range(count) if parts[place] < top]
        shares = _largest_remainder(rest, [weights[place] for place in room])
        for place, share in zip(room, shares, strict=True):
            taken = min(share, top - parts[place])
            parts[place] += taken
            rest -= taken
    return parts


def _largest_remainder(total: int, weights: Sequence[float]) -> list[int]:
    """Give each its whole share, and what is left to the largest remainders."""
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    quotas = [total * weight / whole for weight in exact]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(
        range(len(quotas)), key=lambda place: (parts[place] - quotas[place], place)
    )
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
