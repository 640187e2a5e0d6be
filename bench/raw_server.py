"""The raw limit of the command path: FastAPI and one asyncpg INSERT per request.

A program of its own, started by bench/commands.py: port and database address as words.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import orjson
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Unit(BaseModel):
    """How a fact names its unit."""

    code: str


class Session(BaseModel):
    """The body that the service takes, too."""

    unit: Unit
    held_on: str
    kind: str
    attendance: int
    organiser: str
    venue: str = ""


def application(url: str) -> FastAPI:
    """Build the server; its one table stands in a schema of its own."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = await asyncpg.create_pool(url, min_size=16, max_size=16)
        await app.state.pool.execute(
            "CREATE SCHEMA IF NOT EXISTS bench; CREATE TABLE IF NOT EXISTS bench.events"
            " (position bigserial PRIMARY KEY, id uuid NOT NULL, version bigint NOT"
            " NULL, topic text NOT NULL, state bytea NOT NULL, UNIQUE (id, version))"
        )
        yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/sessions", status_code=201)
    async def hold(body: Session) -> dict[str, object]:
        session_id = uuid4()
        await app.state.pool.execute(
            "INSERT INTO bench.events (id, version, topic, state)"
            " VALUES ($1, 1, 'session.held', $2)",
            session_id,
            orjson.dumps(body.model_dump()),
        )
        return {"session_id": session_id, "attendance": body.attendance}

    return app


if __name__ == "__main__":
    uvicorn.run(
        application(sys.argv[2]),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="error",
    )
