"""A shut door is knocked at again, and its outage is told once."""

import pytest

from demo import patience
from demo.patience import DoorShut, GaveUp, Patience
from demo.telling import Silence


class Heard(Silence):
    """Remembers what was told."""

    def __init__(self) -> None:
        self.fell: list[str] = []
        self.rose: list[str] = []

    def door_fell(self, door: str, why: str) -> None:
        self.fell.append(f"{door}: {why}")

    def door_rose(self, door: str, seconds: float) -> None:
        self.rose.append(door)


class Door:
    """Answers at the given knock."""

    def __init__(self, opens_at: int) -> None:
        self.knocks, self._opens_at = 0, opens_at

    async def __call__(self) -> str:
        self.knocks += 1
        if self.knocks < self._opens_at:
            raise DoorShut("HTTP 503")
        return "welcome"


@pytest.fixture
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(patience, "_LONGEST_PAUSE_S", 0.001)
    monkeypatch.setattr(patience, "_TELL_AFTER_S", 0.0)


@pytest.mark.usefixtures("_no_pauses")
async def test_the_call_is_repeated_until_it_is_answered() -> None:
    """Four silences are followed by the answer; the outage is told once each way."""
    heard, door = Heard(), Door(opens_at=5)

    answer = await Patience(heard).until_answered("tips", door)

    assert ("welcome", 5) == (answer, door.knocks)
    assert (["tips: HTTP 503"], ["tips"]) == (heard.fell, heard.rose)


@pytest.mark.usefixtures("_no_pauses")
async def test_a_door_that_stays_shut_is_given_up() -> None:
    """After the time is over the caller is told which door it was."""
    with pytest.raises(GaveUp, match="tips does not answer: HTTP 503"):
        await Patience(Heard(), within_s=0.02).until_answered("tips", Door(10_000))


async def test_an_open_door_is_not_spoken_of() -> None:
    """Nothing is told when the first knock is answered."""
    heard = Heard()

    await Patience(heard).until_answered("tips", Door(opens_at=1))

    assert ([], []) == (heard.fell, heard.rose)
