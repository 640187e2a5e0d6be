"""The lists on care can be dropped and built again from the log, and are the same."""

from typing import Any, Final

import sqlalchemy as sa

from services.registry.read_models.claim_list import CLAIMS, ClaimListReadModel
from services.registry.read_models.credential_list import (
    CREDENTIALS,
    CredentialListReadModel,
)
from services.registry.read_models.deadlines import DEADLINES
from services.registry.read_models.rating_tables import RESULTS, ROUNDS
from services.registry.read_models.rating_writing import RatingListReadModel
from services.registry.read_models.visit_list import VISITS, VisitListReadModel
from tests.registry.care.conftest import Communes
from tests.registry.care.test_claims import PAPERS, filed, items

TABLES: Final = (CREDENTIALS, CLAIMS, VISITS, ROUNDS, RESULTS)
MODELS: Final = (
    CredentialListReadModel(),
    ClaimListReadModel(),
    VisitListReadModel(),
    RatingListReadModel(),
)


async def fill(communes: Communes) -> None:
    """Record facts of every kind, in orders that cross each other."""
    team = await communes.team()
    badge = {"kind": "badge", "issued_on": "2025-09-01"}
    for member in team.members:
        made = await communes.done("/credentials", {**badge, "member_id": member})
    await communes.done(
        f"/credentials/{made['credential_id']}/replacement",
        {"how": "exchanged", "replaced_on": "2025-09-02"},
    )
    for member, on in zip(team.members[1:], ("2025-12-01", "2025-12-02"), strict=True):
        await communes.cease(team, member, on)
    held = await communes.rows("/credentials", team.unit, only_held=True)
    await communes.done(
        f"/credentials/{held[-1]['id']}/revocation",
        {"ground": "ceased", "revoked_on": "2025-12-20"},
    )
    claim = await filed(communes, team, *PAPERS)
    await communes.done(
        f"/claims/{claim['claim_id']}/assessment",
        {"amount": 5, "assessed_on": "2025-10-07"},
    )
    lacking = await filed(communes, team, PAPERS[0], occurred_on="2025-10-02")
    path = f"/claims/{lacking['claim_id']}"
    await communes.done(f"{path}/return", {"found_on": "2025-10-07"})
    rest = {"items": items(*PAPERS[1:]), "completed_on": "2025-10-08"}
    await communes.done(f"{path}/completion", rest)
    for day in ("2025-10-01", "2025-10-02"):
        plan = {"member_id": team.members[1], "occasion": "injury", "occurred_on": day}
        visit = await communes.done("/visits", plan)
    made_on = {"visited_by": "police", "made_on": "2025-10-09"}
    await communes.done(f"/visits/{visit['visit_id']}/making", made_on)
    year = {"year": 2026, "subjects": [], "assessed_on": "2026-01-12"}
    await communes.done(f"/force-units/{team.id}/self-assessments", year)


def shown(conn: sa.Connection) -> dict[str, list[Any]]:
    found = {
        table.name: list(
            conn.execute(sa.select(table).order_by(*table.primary_key.columns))
        )
        for table in TABLES
    }
    subjects = [row.id for table in TABLES[:4] for row in found[table.name]]
    mine = sa.select(DEADLINES).where(DEADLINES.c.subject_id.in_(subjects))
    order = DEADLINES.c.kind, DEADLINES.c.subject_id
    return {**found, "deadlines": list(conn.execute(mine.order_by(*order)))}


async def test_lists_built_again_from_the_log_are_the_same(communes: Communes) -> None:
    """Row for row, whether the events come one by one or all at once."""
    await fill(communes)
    runtime = communes.registry.runtime
    before = await runtime.read(shown)
    assert all(before[name] for name in before if name != RESULTS.name)
    recorded = [
        item
        for item in runtime.log.read_after(0, 100_000)
        if not type(item.event).__qualname__.startswith("Unit")
    ]
    for size in (1, 7, len(recorded)):

        def rebuild(conn: sa.Connection, size: int = size) -> None:
            for table in (*TABLES, DEADLINES):
                conn.execute(sa.delete(table))
            for start in range(0, len(recorded), size):
                for model in MODELS:
                    model.apply(conn, recorded[start : start + size])

        await runtime.write(rebuild)
        assert before == await runtime.read(shown)
