"""Sessions for the benches: sent through the real door, and how their bodies look."""

import asyncio
from typing import Final
from uuid import uuid4

import aiohttp

from bench.house import House

HOLD: Final = "/v1/sessions"
BODY: Final = (
    b'{"unit":{"code":"01834"},"held_on":"2023-08-19","kind":"outreach","attendance":60,'
    b'"organiser":"police","venue":"Nha van hoa thon"}'
)


def key() -> str:
    """Return the header with a fresh idempotency key."""
    return f"Idempotency-Key: {uuid4()}"


def hold_sessions(house: House, port: int, count: int) -> list[str]:
    """Record sessions at a door of campaigns and return their ids."""
    return asyncio.run(_hold(house, port, count))


async def _hold(house: House, port: int, count: int) -> list[str]:
    found = []
    headers = {
        "Authorization": f"Bearer {house.token}",
        "Content-Type": "application/json",
    }
    url = f"http://127.0.0.1:{port}{HOLD}"
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(count):
            fresh = {"Idempotency-Key": str(uuid4())}
            async with session.post(url, data=BODY, headers=fresh) as answer:
                reply = await answer.json()
                assert answer.ok, reply
                found.append(reply["session_id"])
    return found
