"""Given, when, then for an aggregate: steps run past commands, nobody builds events.

`scenario(board).given(led).when(enrol(leader)).then_refused(LeaderAlreadyThere)`
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

import pytest
from eventsourcing.domain import Aggregate

from services.chassis.errors import DomainError

A = TypeVar("A", bound=Aggregate)
Step = Callable[[A], object]


class Scenario(Generic[A]):
    """One aggregate on its way through a test."""

    def __init__(self, aggregate: A) -> None:
        self.aggregate = aggregate
        self._events: list[Any] = []
        self._refusal: DomainError | None = None

    def given(self, *steps: Step[A]) -> Self:
        """Run commands of the past."""
        for step in steps:
            step(self.aggregate)
        return self

    def when(self, step: Step[A]) -> Self:
        """Run the command under test."""
        self.aggregate.collect_events()
        try:
            step(self.aggregate)
        except DomainError as refusal:
            self._refusal = refusal
        self._events = list(self.aggregate.collect_events())
        return self

    def then(self, *kinds: type[Any], **told: object) -> Self:
        """Expect these kinds in this order, no refusal, fields in the last event."""
        assert self._refusal is None, self._refusal
        assert list(kinds) == [type(event) for event in self._events]
        return self.telling(**told)

    def telling(self, **told: object) -> Self:
        """Expect these fields in the last event."""
        last = self._events[-1] if told else None
        assert told == {name: getattr(last, name) for name in told}
        return self

    def then_refused(self, kind: type[DomainError], at: str | None = None) -> Self:
        """Expect a refusal with the path of its field, and no event."""
        assert isinstance(self._refusal, kind), self._refusal
        assert at == self._refusal.field
        assert [] == self._events
        return self


def scenario(aggregate: A) -> Scenario[A]:
    """Begin with an aggregate as a command has made it."""
    return Scenario(aggregate)


def refused(
    kind: type[DomainError], at: str | None, command: Callable[[], object]
) -> None:
    """Expect that a command which makes an aggregate is refused."""
    with pytest.raises(kind) as caught:
        command()
    assert at == caught.value.field
