"""How much the open doors take."""

import contextlib

import pytest

from services.tips import intake_guard
from services.tips.intake_guard import DAY_SECONDS, IntakeGuard, TooManySubmissions


def admitted(guard: IntakeGuard, address: str, now: float, tries: int) -> int:
    passed = 0
    with contextlib.suppress(TooManySubmissions):
        for _ in range(tries):
            guard.admit(address, now)
            passed += 1
    return passed


def a_guard() -> IntakeGuard:
    guard = IntakeGuard(rate=10, burst=20, address_rate=1, address_burst=5)
    guard._all.filled_at = guard._keyed_at = 0.0
    return guard


def test_one_address_gets_its_own_small_budget() -> None:
    """One address is stopped while others pass, and its budget flows in again."""
    guard = a_guard()
    assert 5 == admitted(guard, "8.8.8.7", 1, 9)
    assert 5 == admitted(guard, "8.8.8.8", 1, 9)
    assert 2 == admitted(guard, "8.8.8.7", 3, 9)


def test_all_addresses_share_one_budget() -> None:
    """A flood from many addresses stops at the common budget."""
    guard = a_guard()
    passed = sum(admitted(guard, f"9.9.9.{n}", 1, 5) for n in range(9))
    assert 20 == passed


def test_senders_behind_our_proxy_share_the_common_budget_only() -> None:
    """A private address is no sender."""
    assert 20 == admitted(a_guard(), "10.0.0.2", 1, 99)


def test_no_address_stays_in_memory() -> None:
    """Buckets are named by a keyed hash, and the key dies with the day."""
    guard = a_guard()
    admitted(guard, "8.8.8.7", 1, 1)
    (mark,) = guard._addresses
    assert "8.8.8.7" not in repr(vars(guard))
    admitted(guard, "8.8.8.7", 2 + DAY_SECONDS, 1)
    assert mark not in guard._addresses


def test_the_memory_of_addresses_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endless addresses do not fill the memory."""
    monkeypatch.setattr(intake_guard, "REMEMBERED", 10)
    guard = a_guard()
    for n in range(50):
        admitted(guard, f"1.1.1.{n}", 1, 1)
    assert 10 == len(guard._addresses)
