"""What a caller with several rights may do where; each keeps to its own area."""

from uuid import UUID

import pytest

from services.chassis.calls import ScopeMissing, require_scope
from services.chassis.identity import Holding, Principal

HERE, THERE, ELSEWHERE = UUID(int=1), UUID(int=2), UUID(int=3)
SORTS, RATES, COUNTS = "tips:triage", "tips:value", "tips:read"


def joined(*rights: tuple[UUID, set[str]]) -> Principal:
    holdings = tuple(Holding(frozenset(scopes), root, None) for root, scopes in rights)
    return Principal(
        subject="clerk",
        name="clerk",
        scopes=frozenset.intersection(*(one.scopes for one in holdings)),
        unit_roots=tuple(one.root for one in holdings),
        holdings=holdings,
    )


def test_a_token_alone_has_its_scopes_in_all_its_units() -> None:
    """Nothing was joined: no right is to be told apart."""
    caller = Principal(
        subject="s", name="s", scopes=frozenset({SORTS}), unit_roots=(HERE, THERE)
    )
    assert (HERE, THERE) == caller.roots_with(SORTS)
    assert () == caller.roots_with(RATES)
    assert (HERE, THERE) == caller.roots_with(RATES, SORTS)


def test_a_scope_is_had_where_it_was_given() -> None:
    """Each of several scopes may come from another right."""
    caller = joined((HERE, {COUNTS, SORTS}), (THERE, {COUNTS, RATES}))
    assert frozenset({COUNTS}) == caller.scopes
    assert (HERE,) == caller.roots_with(SORTS)
    assert (THERE,) == caller.only_with(RATES).unit_roots
    assert (HERE, THERE) == caller.roots_with(SORTS, RATES)
    assert () == caller.roots_with("tips:record")


def test_a_door_that_asks_for_one_of_several_lets_either_right_in() -> None:
    """Also where no scope is common to them."""
    caller = joined((HERE, {SORTS}), (ELSEWHERE, {RATES}))
    assert frozenset() == caller.scopes
    require_scope(caller, (SORTS, RATES))
    with pytest.raises(ScopeMissing):
        require_scope(caller, "tips:record")
