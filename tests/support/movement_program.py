"""One process that can be killed: `python -m tests.support.movement_program ROLE URLS`.

Roles: relay; follower (with the answer to events_after beside it).
"""

import asyncio
import sys

from tests.support.movement import FactsFollower, World


async def main(role: str, world: World) -> None:
    """Work until killed."""
    if role == "relay":
        part = await world.relay()
    else:
        await world.answer_history()
        part = await world.inbox(FactsFollower())
    del part
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], World(sys.argv[2], sys.argv[3], (sys.argv[4], sys.argv[5])))
    )
