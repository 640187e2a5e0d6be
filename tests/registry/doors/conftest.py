"""A board with members, for the tests of the forces' doors."""

import pytest

from tests.registry.conftest import Registry
from tests.registry.doors.parts import board, established, people


@pytest.fixture(scope="module")
def wards(registry: Registry) -> list[str]:
    """Codes of wards and townships of Bắc Kạn in 2023, one for each test.

    The order of the tree is not told; those left out belong to other tests.
    """
    return sorted(
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.")
        and unit.unit_type in {"phuong", "thi_tran"}
        and unit.code not in {"01840", "01969"}
    )


@pytest.fixture(scope="module")
async def force_unit(registry: Registry, wards: list[str]) -> str:
    """Give a board with a leader, a deputy and three members."""
    force_unit_id = await established(registry.officer, board(wards[0]))
    posts = ("leader", "deputy", "member", "member", "member")
    path = f"/force-units/{force_unit_id}/members"
    answer = await registry.officer.post(path, people(*posts))
    assert 201 == answer.status_code
    assert 5 == len(answer.json()["member_ids"])
    return force_unit_id
