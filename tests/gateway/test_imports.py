"""Rosters from Excel as the schema shows them: progress, faults, withdrawal."""

from gateway.schema.base import global_id
from tests.gateway.parts import gid, key
from tests.gateway.served import Caller, Players

BATCH = {
    "id": key("b"), "unit_id": key("Bắc Kạn"), "state": "applying",
    "policy": "valid_rows", "dry_run": False, "rows": 10, "refused_columns": 1,
    "planned_rows": 8, "faulty_rows": 2, "rows_applied": 2, "members": 2,
}  # fmt: skip
FAULT = {
    "sheet": "Danh sách", "row": 3, "column": 6, "heading": "CCCD", "code": "x.y",
    "message_vi": "Sai", "message_en": "Wrong", "cursor": "c1",
}  # fmt: skip


async def test_an_import_shows_its_progress_and_its_faults(
    officer: Caller, players: Players
) -> None:
    """Faults are asked for by the import's own id, page by page."""
    await players.play("registry.imports.get", lambda _: {"rows": [BATCH]})
    await players.play(
        "registry.imports.faults", lambda _: {"rows": [FAULT], "has_next": True}
    )
    answer = await officer.ask(
        """query Q($id: ID!) {
          importBatch(id: $id) {
            state policy progress rowsApplied refusedColumns
            faults(first: 1) { nodes { row column message messageVi }
              pageInfo { hasNextPage } }
          }
        }""",
        {"id": gid("ImportBatch", "b")},
    )
    found = answer.data["importBatch"]
    assert ("APPLYING", "VALID_ROWS", 0.25, 2, 1) == (
        found["state"],
        found["policy"],
        found["progress"],
        found["rowsApplied"],
        found["refusedColumns"],
    )
    assert [{"row": 3, "column": 6, "message": "Wrong", "messageVi": "Sai"}] == (
        found["faults"]["nodes"]
    )
    assert found["faults"]["pageInfo"]["hasNextPage"]


async def test_imports_are_listed_by_state(officer: Caller, players: Players) -> None:
    """The unit and the state go to the registry as its contract has them."""
    await players.play(
        "registry.imports.list", lambda _: {"rows": [BATCH], "has_next": False}
    )
    answer = await officer.ask(
        """query Q($id: ID!) {
          imports(unit: {id: $id}, first: 5, state: APPLYING) { nodes { id rows } }
        }""",
        {"id": gid("Unit", "Bắc Kạn")},
    )
    assert [{"id": gid("ImportBatch", "b"), "rows": 10}] == (
        answer.data["imports"]["nodes"]
    )
    assert "applying" == players.asked[0].body["state"]


async def test_an_import_is_withdrawn_but_for_what_is_kept(
    officer: Caller, players: Players
) -> None:
    """Members and forces that stay are named by their own ids."""
    await players.play(
        "registry.import.withdraw",
        lambda _: {"batch_id": key("b"), "members": 7, "established": 1},
    )
    answer = await officer.ask(
        """mutation M($id: ID!, $member: ID!, $force: ID!) {
          importWithdraw(input: {batchId: $id, keepMembers: [$member],
            keepForceUnits: [$force],
            idempotencyKey: "6e9a4c31-08f4-4a55-9a6b-9d0f0c1b2a3e"
          }) { members established importBatch { id } userErrors { code } }
        }""",
        {
            "id": gid("ImportBatch", "b"),
            "member": global_id("Member", key("m")),
            "force": gid("ForceUnit", "f"),
        },
    )
    payload = answer.data["importWithdraw"]
    assert (7, 1, []) == (
        payload["members"],
        payload["established"],
        payload["userErrors"],
    )
    assert gid("ImportBatch", "b") == payload["importBatch"]["id"]
    assert [key("m"), key("f")] == players.asked[0].body["keep"]
