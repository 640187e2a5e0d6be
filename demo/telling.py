"""What is told while the load runs; the screen shows it, tests keep quiet.

Doors and loader speak to a Listener and know nothing of the terminal.
"""

from typing import Protocol


class Listener(Protocol):
    """Hears of work that is done and of doors that stay shut for a while."""

    def expect(self, kind: str, total: int) -> None: ...

    def done(self, kind: str, count: int = 1) -> None: ...

    def door_fell(self, door: str, why: str) -> None: ...

    def door_rose(self, door: str, seconds: float) -> None: ...


class Silence:
    """A listener that tells nobody."""

    def expect(self, kind: str, total: int) -> None:
        """Hear how much of a kind will come."""

    def done(self, kind: str, count: int = 1) -> None:
        """Hear that some of it is done."""

    def door_fell(self, door: str, why: str) -> None:
        """Hear that a door does not answer."""

    def door_rose(self, door: str, seconds: float) -> None:
        """Hear that it answers again."""
