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


@strawberry.input(
    one_of=True,
    description="A unit by id, by its code on the eve, or a new one of the plan.",
)
class PlannedUnitRef:
    """A unit as a plan names it."""

    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Id of a unit in force on the eve."
    )
    code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code of a unit in force on the eve."
    )
    new: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code of a new unit of the plan."
    )


def unit_ref(ref: UnitRef | PlannedUnitRef, field: str = "unit") -> Row:
    """Return the reference as the contracts write it. Raises IdInvalid."""
    for name in ("id", "code", "new"):
        given = getattr(ref, name, None)
        if given is None or given is strawberry.UNSET:
            continue
        return {name: identity(given, "Unit", f"{field}.id") if name == "id" else given}
    raise IdInvalid(field=field, expected="Unit")
