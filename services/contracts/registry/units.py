"""How a unit is named in every contract: its id and a reference to it.

Used by all services' requests, by the registry's import and by token issuers.
"""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID, uuid5

import msgspec

UNIT_NAMESPACE: Final = UUID("6f1c8a52-0f5e-5d0b-9c3f-2d3a6b1e7a10")
COUNTRY_CODE: Final = "VN"

Level = Literal["country", "province", "district", "commune"]
UnitCode = Annotated[
    str, msgspec.Meta(pattern=r"^(VN|[0-9]{2}|[0-9]{3}|[0-9]{5})$", max_length=5)
]


def unit_id(level: Level, code: str, valid_from: date | None) -> UUID:
    """Return the id of the unit that bore this code from this day on.

    Codes were reused in 2025, so the first day belongs to the identity; None
    stands for a day before the register begins.
    """
    since = "0" if valid_from is None else valid_from.isoformat()
    return uuid5(UNIT_NAMESPACE, f"{level}:{code}:{since}")


class UnitRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit as a caller names it: by id, or by the code it bore on the fact's day."""

    id: UUID | None = None
    code: UnitCode | None = None
