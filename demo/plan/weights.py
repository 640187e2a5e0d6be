"""How much happens where? A choice of this plan: the province published no table.

Wards and townships get more than communes, each with its own luck.
"""

from collections.abc import Iterable
from random import Random

from demo.province import Place

_BY_TYPE = {"phuong": 3.0, "thi_tran": 2.4, "xa": 1.0}


def weights_of(places: Iterable[Place], chance: Random) -> list[float]:
    """Return a weight above zero for each place."""
    return [_BY_TYPE.get(p.unit_type, 1.0) * chance.uniform(0.6, 1.4) for p in places]
