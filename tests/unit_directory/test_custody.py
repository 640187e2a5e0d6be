"""Who reaches what a divided unit left: the one rule of lists, reads and commands."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

import pytest

from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.unit_directory.custody import (
    carriers,
    list_area,
    reach,
    reaches,
    stands_for,
)
from services.unit_directory.places import Own
from services.unit_directory.refusals import UnitOutsideYourArea
from services.unit_directory.tree import Custody, UnitTree, lies_within
from tests.unit_directory.country import REFORM, Country

LATER: Final = date(2026, 1, 1)


def a_country() -> Country:
    """Give a district that was divided, whose two communes had heirs of their own.

    The commune `one` had absorbed `small` whole before it was divided.
    """
    country = Country()
    country.take("p", "province", "01", "Tỉnh Một", "vn")
    country.take("d", "district", "001", "Huyện Chia", "p")
    country.take("one", "commune", "00001", "Xã Một", "d")
    country.take("small", "commune", "00002", "Xã Nhỏ", "d")
    country.take("a", "commune", "10001", "Xã A", "p", REFORM)
    country.take("b", "commune", "10002", "Xã B", "p", REFORM)
    country.take("c", "commune", "10003", "Xã C", "p", REFORM)
    country.end("small", "one")
    country.end("one", "a", "b", kind="split")
    country.end("d", "a", "b", kind="split")
    return country


def keep(country: Country, word: str, *told: tuple[str, str, date]) -> None:
    country.units[word]["custodies"] = tuple(
        Custody(kind, _id(country, keeper), on) for kind, keeper, on in told
    )


def _id(country: Country, word: str) -> UUID:
    found: UUID = country.units[word]["id"]
    return found


def reached(country: Country, word: str, kind: str = "tip") -> set[str]:
    """Return the words of the units whose rows of a kind a unit's people reach."""
    tree, roots = country.tree(), (_id(country, word),)
    paths = reach(tree, roots, kind)  # type: ignore[arg-type]
    found = {
        name
        for name, facts in country.units.items()
        if lies_within(facts["path"], paths)
    }
    assert found == {
        name
        for name, facts in country.units.items()
        if reaches(tree, roots, facts["id"], kind)  # type: ignore[arg-type]
    }
    return found


def test_without_a_word_nobody_keeps_anything() -> None:
    """The heirs of a divided unit reach no row of it; the province does."""
    country = a_country()
    assert ({"a"}, {"b"}) == (reached(country, "a"), reached(country, "b"))
    assert {"one", "small", "d"} <= reached(country, "p")


def test_a_keeper_reaches_the_rows_of_one_kind() -> None:
    """With those of the unit that it had absorbed; the other heir reaches none."""
    country = a_country()
    keep(country, "one", ("tip", "a", REFORM), ("campaign", "b", REFORM))
    assert {"a", "one", "small"} == reached(country, "a")
    assert {"b"} == reached(country, "b")
    assert {"b", "one", "small"} == reached(country, "b", "campaign")
    assert {"a"} == reached(country, "a", "campaign")


def test_what_lay_below_a_divided_unit_had_heirs_of_its_own() -> None:
    """Only the district's own rows are kept, not those of its communes."""
    country = a_country()
    keep(country, "d", ("tip", "c", REFORM))
    assert {"c", "d"} == reached(country, "c")
    assert Own(country.units["d"]["path"]) in reach(
        country.tree(), (_id(country, "c"),), "tip"
    )


def test_a_keeper_that_is_divided_passes_on_what_it_kept() -> None:
    """Along the chain, and to whoever absorbs a keeper whole."""
    country = a_country()
    country.take("d1", "commune", "20001", "Xã D1", "p", LATER)
    keep(country, "one", ("tip", "a", REFORM))
    keep(country, "a", ("tip", "c", LATER))
    assert {"c", "a", "one", "small"} == reached(country, "c")
    country.end("c", "d1")
    assert {"d1", "c", "a", "one", "small"} == reached(country, "d1")


def test_the_last_word_stands_and_not_before_its_day() -> None:
    """A later day wins, of one day the word told last; what is to come waits."""
    country = a_country()
    keep(country, "one", ("tip", "a", REFORM), ("tip", "b", REFORM))
    assert {"b", "one", "small"} == reached(country, "b")
    tomorrow = local_today() + timedelta(days=1)
    keep(country, "one", ("tip", "a", REFORM), ("tip", "b", tomorrow))
    assert {"a", "one", "small"} == reached(country, "a")
    keep(country, "one", ("tip", "a", LATER), ("tip", "b", REFORM))
    assert ({"a", "one", "small"}, {"b"}) == (
        reached(country, "a"),
        reached(country, "b"),
    )


def test_a_list_of_a_divided_unit_shows_its_keeper_the_kept_rows_alone() -> None:
    """Its own units' list holds all; a stranger is refused."""
    country = a_country()
    keep(country, "d", ("tip", "c", REFORM))
    tree, district = country.tree(), _id(country, "d")

    def asked_by(word: str) -> object:
        roots = (_id(country, word),)
        caller = Principal(subject="x", name="x", scopes=frozenset(), unit_roots=roots)
        return list_area(tree, caller, district, "tip", "$.unit_id")

    assert (Own(tree.path(district)),) == asked_by("c")
    assert (tree.path(district),) == asked_by("p")
    with pytest.raises(UnitOutsideYourArea):
        asked_by("b")


def test_what_a_unit_stands_for_is_what_it_passes_on() -> None:
    """Itself, what it absorbed whole, and what it keeps."""
    country = a_country()
    keep(country, "one", ("tip", "a", REFORM))
    tree = country.tree()

    def words(word: str, kind: str) -> set[str]:
        ids = {one.id for one in stands_for(tree, tree.unit(_id(country, word)), kind)}
        return {name for name, facts in country.units.items() if facts["id"] in ids}

    assert {"one", "small"} == words("one", "tip")
    assert {"a", "one", "small"} == words("a", "tip")
    assert {"a"} == words("a", "report")


def test_whole_heirs_and_keepers_carry_on() -> None:
    """What a unit began takes place where they are; other heirs have no part in it."""
    country = a_country()
    keep(country, "one", ("campaign", "a", REFORM))
    tree: UnitTree = country.tree()

    def words(kind: str) -> set[str]:
        ids = carriers(tree, _id(country, "small"), kind)  # type: ignore[arg-type]
        return {name for name, facts in country.units.items() if facts["id"] in ids}

    assert {"small", "one", "a"} == words("campaign")
    assert {"small", "one"} == words("tip")
