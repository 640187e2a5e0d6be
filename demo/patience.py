"""How long is a shut door knocked at? With pauses that grow, for some minutes.

Every door of the demo shares one Patience, so that an outage is told once.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from demo.telling import Listener

T = TypeVar("T")

_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 2.0
_TELL_AFTER_S: Final = 0.5


class DoorShut(Exception):
    """One knock that was not answered; the same call may go through later."""


class GaveUp(Exception):
    """A door stayed shut for longer than anybody waits."""


class Patience:
    """Repeats a call until it is answered, and tells of outages."""

    def __init__(self, listener: Listener, *, within_s: float = 180.0) -> None:
        self._listener = listener
        self._within_s = within_s
        self._shut_since: dict[str, float] = {}
        self._told: set[str] = set()

    async def until_answered(self, door: str, knock: Callable[[], Awaitable[T]]) -> T:
        """Return the answer of a door. Raises GaveUp after minutes without one."""
        begun, pause = time.monotonic(), _FIRST_PAUSE_S
        while True:
            try:
                answer = await knock()
            except DoorShut as shut:
                now = time.monotonic()
                if now - begun > self._within_s:
                    raise GaveUp(f"{door} does not answer: {shut}") from shut
                self._note_shut(door, str(shut), now)
            else:
                self._note_open(door)
                return answer
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _note_shut(self, door: str, why: str, now: float) -> None:
        since = self._shut_since.setdefault(door, now)
        if now - since > _TELL_AFTER_S and door not in self._told:
            self._told.add(door)
            self._listener.door_fell(door, why)

    def _note_open(self, door: str) -> None:
        since = self._shut_since.pop(door, None)
        if since is not None and door in self._told:
            self._told.discard(door)
            self._listener.door_rose(door, time.monotonic() - since)
