"""Signed monthly lists of units as the schema shows them."""

from typing import Any
from uuid import uuid4

from tests.gateway.served import Caller, Players

LIST = {
    "id": "2026-12", "month": "2026-12", "known_at": "2026-12-01T00:00:00+07:00",
    "published_at": "2026-12-01T01:00:02+07:00", "edition": "e", "units": 14_139,
    "facts": 24_519, "changes_after": "c", "size_bytes": 900_000, "sha256": "ab",
    "content_sha256": "cd", "key_id": "k", "signature": "s",
    "file_path": "/v1/unit-lists/2026-12",
    "manifest_path": "/v1/unit-lists/2026-12/manifest", "cursor": "next",
}  # fmt: skip


async def test_lists_show_where_they_are_and_how_they_are_verified(
    officer: Caller, players: Players
) -> None:
    """Digest, signature, addresses, and where the change feed goes on."""
    await players.play(
        "registry.unit_lists.list", lambda _: {"rows": [LIST], "has_next": False}
    )
    answer = await officer.ask(
        """{ unitLists(first: 5) {
          nodes {
            month units sha256 signature keyId filePath manifestPath changesAfter
          }
          pageInfo { endCursor }
        } }"""
    )
    found = answer.data["unitLists"]
    assert "next" == found["pageInfo"]["endCursor"]
    assert [
        {
            "month": "2026-12",
            "units": 14_139,
            "sha256": "ab",
            "signature": "s",
            "keyId": "k",
            "filePath": "/v1/unit-lists/2026-12",
            "manifestPath": "/v1/unit-lists/2026-12/manifest",
            "changesAfter": "c",
        }
    ] == found["nodes"]


async def test_a_list_is_ordered_for_a_month(officer: Caller, players: Players) -> None:
    """The answer is the digest of what was signed."""

    def publish(body: Any) -> Any:
        return {"month": body["month"], "sha256": "ab"}

    await players.play("registry.unit_list.publish", publish)
    answer = await officer.ask(
        f"""mutation {{ unitListPublish(input: {{
          month: "2026-11", idempotencyKey: "{uuid4()}"
        }}) {{ month sha256 userErrors {{ code }} }} }}"""
    )
    assert {
        "month": "2026-11",
        "sha256": "ab",
        "userErrors": [],
    } == answer.data["unitListPublish"]
