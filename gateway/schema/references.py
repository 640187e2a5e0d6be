"""How a caller names a unit in inputs."""

import strawberry

from gateway.errors import IdInvalid
from gateway.schema.base import Row, identity


@strawberry.input(
    one_of=True,
    description="A unit by id, or by the code it bore on the fact's day (đơn vị).",
)
class UnitRef:
    """A unit by its id, or by the code that it bore on the day of the fact."""

    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Id of the unit version."
    )
    code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Official code on that day (mã đơn vị)."
    )


def unit_ref(ref: UnitRef, field: str = "unit") -> Row:
    """Return the reference as the contracts write it. Raises IdInvalid."""
    if ref.id is not strawberry.UNSET and ref.id is not None:
        return {"id": identity(ref.id, "Unit", f"{field}.id")}
    if ref.code is not strawberry.UNSET and ref.code is not None:
        return {"code": ref.code}
    raise IdInvalid(field=field, expected="Unit")
