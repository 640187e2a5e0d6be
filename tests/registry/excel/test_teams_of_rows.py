"""Which force a row means while a merger of its commune has only been announced."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.registry.documents.roster_cells import RosterRow
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.values import Post
from services.registry.read_models.import_lookup import KnownTeam
from services.registry.use_cases.roster_places import TeamFinder
from tests.unit_directory.country import Country

DAY: Final = date(2026, 10, 1)
EVE: Final = DAY - timedelta(days=1)
TEAM: Final = "civil_defence_team"


@pytest.fixture(scope="module")
def country() -> Country:
    """Give two communes, the small one of which passes into the other on the day."""
    made = Country()
    made.take("province", "province", "19", "Tỉnh Thái Nguyên", "vn")
    made.take("heir", "commune", "19001", "Xã Lớn", "province")
    made.take("small", "commune", "19002", "Xã Nhỏ", "province")
    made.end("small", "heir", on=DAY)
    return made


def a_row(number: int) -> RosterRow:
    return RosterRow(
        number=number, unit="", force=FORCE_TYPES[TEAM], team_name="Đội Đầu Làng",
        full_name="Người Thử Nghiệm", birth_date=None, citizen_id=None, old_id=None,
        post=Post.MEMBER, first_day=date(2026, 1, 1), decision_number=None,
        decision_date=None, decision_issuer=None, phone=None, school_level=None,
        areas=None, areas_from=None,
    )  # fmt: skip


def unit_ids(country: Country) -> tuple[UUID, UUID]:
    return country.units["small"]["id"], country.units["heir"]["id"]


def test_a_team_is_found_under_the_heir_from_the_day_on(country: Country) -> None:
    """Before it the heir's row of that name means a team of its own."""
    small, heir = unit_ids(country)
    known = KnownTeam(uuid4(), small, TEAM, "Đội Đầu Làng", date(2025, 1, 1), None)
    for today, home in ((EVE, heir), (DAY, small)):
        teams = TeamFinder(uuid4(), country.tree(), [known], today)
        teams.announce(a_row(1), heir)
        found = teams.find(a_row(1), heir)
        assert home == found.unit_id
        assert (found.id == known.id) is (home == small)


def test_a_new_team_is_planned_where_it_is_on_the_day(country: Country) -> None:
    """Two communes' teams of one name are one only once the communes are."""
    small, heir = unit_ids(country)
    for today, home in ((EVE, heir), (DAY, small)):
        teams = TeamFinder(uuid4(), country.tree(), (), today)
        for number, unit_id in enumerate((small, heir)):
            teams.announce(a_row(number), unit_id)
        assert small == teams.find(a_row(0), small).unit_id
        assert home == teams.find(a_row(1), heir).unit_id
