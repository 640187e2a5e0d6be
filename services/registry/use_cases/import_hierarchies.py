"""Enter the hierarchies that every registry has, once and for ever.

Called when the registry starts. Each fact has a command id of its own, so that a later
release adds what is new in `reference/hierarchies.toml` and nothing twice.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from services.chassis.calls import CommandKey
from services.chassis.clock import local_today
from services.chassis.commands import Change
from services.chassis.service import Runtime
from services.contracts.registry.units import COUNTRY_CODE, unit_id
from services.registry.domain.hierarchy import Basis, Hierarchy, HierarchyHead
from services.registry.read_models.hierarchy_list import hierarchy_id
from services.unit_hierarchies.shape import HierarchyBase

_FILE: Final = Path(__file__).parents[1] / "reference" / "hierarchies.toml"
_NAMESPACE: Final = UUID("1d3f9f52-6a0e-5b57-8a0d-5e0b8f7a2c61")
_NO_DECISION: Final = Basis(None, None)


async def import_hierarchies(runtime: Runtime) -> None:
    """Enter what is missing; what is there answers as it did."""
    for row in tomllib.loads(_FILE.read_text("utf-8"))["hierarchies"]:
        for word, change in _changes(row):
            command_id = uuid5(_NAMESPACE, f"{row['code']}:{word}")
            fingerprint = hashlib.sha256(command_id.bytes).digest()
            await runtime.commands.run(change, CommandKey(command_id, fingerprint))


def _changes(row: dict[str, Any]) -> Iterator[tuple[str, Change[Hierarchy]]]:
    yield "defined", _defined(row)
    for skip in row.get("skipped", ()):
        day: date = skip["effective_on"]
        yield f"skipped:{skip['level']}", _skipped(row["code"], skip["level"], day)


def _defined(row: dict[str, Any]) -> Change[Hierarchy]:
    which = hierarchy_id(row["code"])
    head = HierarchyHead(
        code=row["code"],
        name=row["name"],
        base=HierarchyBase(row["base"]),
        owner_id=unit_id("country", COUNTRY_CODE, None),
        owner_path=COUNTRY_CODE,
    )

    def decide(_: Hierarchy | None) -> tuple[Hierarchy, bytes]:
        made = Hierarchy.define(
            which, head, _NO_DECISION, valid_from=None, today=local_today()
        )
        return made, b"{}"

    return Change(
        aggregate_type=Hierarchy, aggregate_id=which, decide=decide, is_new=True
    )


def _skipped(code: str, level: str, on: date) -> Change[Hierarchy]:
    def decide(found: Hierarchy | None) -> tuple[Hierarchy, bytes]:
        if found is None:
            raise LookupError(code)
        found.skip_level(level, _NO_DECISION, on=on, today=local_today())
        return found, b"{}"

    return Change(
        aggregate_type=Hierarchy, aggregate_id=hierarchy_id(code), decide=decide
    )
