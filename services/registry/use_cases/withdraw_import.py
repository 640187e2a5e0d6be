"""import.withdraw: all that an import brought ends as if it had never been, at once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple
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
from services.registry.read_models.import_lookup import who_serves_still

_TOLD: Final = 20


class _Struck(NamedTuple):
    """Who goes, what has later facts, and what stays with one reason or another."""

    members: list[UUID]
    later: list[UUID]
    stays: set[UUID]


End = Callable[[ImportBatch, _Struck], None]


def withdraw_import(
    batch: ImportBatch, keep: Collection[UUID], by: str, vault: PersonVault
) -> JointChange:
    """Decide on the withdrawal of an applied batch; later facts refuse it.

    Raises ImportNotApplied.
    """

    def end(found: ImportBatch, struck: _Struck) -> None:
        if struck.later:
            ids = ", ".join(str(one) for one in struck.later[:_TOLD])
            raise LaterFacts(field="$.keep", count=len(struck.later), ids=ids)
        found.withdraw(by=by, kept=struck.stays)

    batch.refuse_unless_applied()
    return _taken_back(batch, keep, vault, end)


def give_up_import(batch: ImportBatch, vault: PersonVault) -> JointChange:
    """Decide on taking back the rows of a batch that could not be applied whole.

    What others have built on meanwhile stays.
    """

    def end(found: ImportBatch, _: _Struck) -> None:
        found.refuse(RefusalReason.CHANGED_MEANWHILE)

    return _taken_back(batch, (), vault, end)


def _taken_back(
    batch: ImportBatch, keep: Collection[UUID], vault: PersonVault, end: End
) -> JointChange:
    batch_id = batch.id

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], ImportWithdrawn]:
        current: ImportBatch | None = found.get(batch_id)
        if current is None:
            raise ImportUnknown(batch_id=batch_id)
        units = [found[one] for one in current.force_units if one in found]
        struck = _strike(units, current, set(keep))
        people = [found[one] for one in current.joined if one in found]
        for person in people:
            withdraw_joinings(person, struck.members)
        end(current, struck)
        gone = sum(one not in struck.stays for one in current.established)
        reply = ImportWithdrawn(
            batch_id=batch_id, members=len(struck.members), established=gone
        )
        return [current, *units, *people], reply

    def forget(conn: sa.Connection) -> None:
        # As a guard, when the enrolments are gone: whom others took in meanwhile stays.
        persons = set(batch.persons)
        vault.destroy(conn, persons - who_serves_still(conn, persons))

    loads = {batch_id, *batch.force_units, *batch.joined}
    return JointChange(loads=loads, decide=decide, guard=forget)


def _strike(
    units: Collection[ForceUnit], batch: ImportBatch, kept: set[UUID]
) -> _Struck:
    """Withdraw enrolments and establishments, but for what is kept or built upon."""
    members: list[UUID] = []
    later: list[UUID] = []
    stays = set(kept)
    brought = set(batch.members) - kept
    for unit in units:
        for member_id in [one for one in unit.roster if one in brought]:
            try:
                withdraw_enrolment(unit, member_id)
                members.append(member_id)
            except MemberHasLaterFacts:
                later.append(member_id)
        if unit.id not in batch.established or unit.id in kept:
            continue
        if unit.roster and kept.issuperset(unit.roster):
            stays.add(unit.id)  # it stands for those who are kept in it
            continue
        try:
            withdraw_establishment(unit)
        except (ForceUnitHasMembers, ForceUnitDisbanded):
            later.append(unit.id)
    return _Struck(members, later, stays | set(later))
