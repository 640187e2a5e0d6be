"""Given, when, then for an aggregate: steps run past commands, nobody builds events."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

import pytest
from eventsourcing.domain import Aggregate

from services.chassis.errors import DomainError

A = TypeVar("A", bound=Aggregate)
Step = Callable[[A], object]


@dataclass
class Scenario(Generic[A]):
    """One aggregate on its way through a test."""

    aggregate: A
    _new: list[Any] = field(default_factory=list)
    _refusal: DomainError | None = None

    def given(self, *steps: Step[A]) -> Self:
        """Run commands of the past."""
        for step in steps:
            step(self.aggregate)
        self.aggregate.collect_events()
        return self

    def when(self, step: Step[A]) -> Self:
        """Run the command under test."""
        self.aggregate.collect_events()
        try:
            step(self.aggregate)
        except DomainError as refusal:
            self._refusal = refusal
        self._new = list(self.aggregate.collect_events())
        return self

    def then(self, kind: type[Any], **told: object) -> Self:
        """Expect exactly one event, with these fields among its own."""
        assert self._refusal is None
        assert [kind] == [type(event) for event in self._new]
        assert told == {name: getattr(self._new[0], name) for name in told}
        return self

    def then_refused(self, kind: type[DomainError], at: str | None = None) -> Self:
        """Expect a refusal with the path of the field, and no event."""
        assert isinstance(self._refusal, kind), self._refusal
        assert at == self._refusal.field
        assert [] == self._new
        return self


def refused(
    kind: type[DomainError], at: str | None, command: Callable[[], object]
) -> None:
    """Expect that a command which makes an aggregate is refused."""
    with pytest.raises(kind) as caught:
        command()
    assert at == caught.value.field
