"""import.withdraw: all that an import brought ends as if it had never been, at once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.contracts.registry.imports import ImportWithdrawn
from services.registry.domain.errors import ForceUnitDisbanded
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import (
    withdraw_enrolment,
    withdraw_establishment,
    withdraw_joinings,
)
from services.registry.domain.import_batch import ImportBatch, RefusalReason
from services.registry.domain.import_errors import (
    ForceUnitHasMembers,
    ImportUnknown,
    LaterFacts,
    MemberHasLaterFacts,
)
from services.registry.person_vault import PersonVault
from services.registry.read_models.import_lookup import who_serves_otherwise

_TOLD: Final = 20
End = Callable[[ImportBatch, Collection[UUID]], None]


def withdraw_import(
    batch: ImportBatch, keep: Collection[UUID], by: str, vault: PersonVault
) -> JointChange:
    """Decide on the withdrawal of an applied batch; later facts refuse it."""

    def end(found: ImportBatch, kept: Collection[UUID]) -> None:
        found.withdraw(by=by, kept=kept)

    batch.refuse_unless_applied()
    return _taken_back(batch, keep, vault, end)


def give_up_import(batch: ImportBatch, vault: PersonVault) -> JointChange:
    """Decide on taking back the rows of a batch that could not be applied whole."""

    def end(found: ImportBatch, _: Collection[UUID]) -> None:
        found.refuse(RefusalReason.CHANGED_MEANWHILE)

    return _taken_back(batch, (), vault, end)


def _taken_back(
    batch: ImportBatch, keep: Collection[UUID], vault: PersonVault, end: End
) -> JointChange:
    kept = set(keep)
    batch_id = batch.id
    leaving: list[UUID] = []

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], ImportWithdrawn]:
        current: ImportBatch | None = found.get(batch_id)
        if current is None:
            raise ImportUnknown(batch_id=batch_id)
        ids = [one for one in current.members if one not in kept]
        leaving[:] = ids
        units = [found[one] for one in current.force_units if one in found]
        stays = kept | _strike(units, set(ids), current, kept)
        people = [found[one] for one in current.joined if one in found]
        for person in people:
            withdraw_joinings(person, leaving)
        end(current, stays)
        gone = sum(one not in stays for one in current.established)
        reply = ImportWithdrawn(batch_id=batch_id, members=len(ids), established=gone)
        return [current, *units, *people], reply

    def forget(conn: sa.Connection) -> None:
        persons = set(batch.persons) - kept
        staying = who_serves_otherwise(conn, persons, leaving)
        vault.destroy(conn, persons - staying)

    loads = {batch_id, *batch.force_units, *batch.joined}
    return JointChange(loads=loads, decide=decide, also=forget)


def _strike(
    units: Collection[ForceUnit],
    leaving: set[UUID],
    batch: ImportBatch,
    kept: set[UUID],
) -> set[UUID]:
    """Withdraw enrolments and establishments; return the forces that stay with kept.

    Raises LaterFacts.
    """
    later: list[UUID] = []
    staying: set[UUID] = set()
    for unit in units:
        for member_id in [one for one in unit.roster if one in leaving]:
            try:
                withdraw_enrolment(unit, member_id)
            except MemberHasLaterFacts:
                later.append(member_id)
        if unit.id not in batch.established or unit.id in kept:
            continue
        if unit.roster and kept.issuperset(unit.roster):
            staying.add(unit.id)
            continue
        try:
            withdraw_establishment(unit)
        except (ForceUnitHasMembers, ForceUnitDisbanded):
            later.append(unit.id)
    if later:
        ids = ", ".join(str(one) for one in later[:_TOLD])
        raise LaterFacts(field="$.keep", count=len(later), ids=ids)
    return staying
