"""The raw limit of the gateway: Starlette, the same questions over NATS, orjson.

A program of its own, started by bench/gateway.py: port and plan file as words. It does
not read what the services answer, and encodes answers that it has ready as objects.
"""

import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import orjson
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.chassis import nats


class Hop(msgspec.Struct):
    """One question to a service."""

    subject: str
    body: str
    headers: dict[str, str]


class Page(msgspec.Struct):
    """What one address asks and answers."""

    hops: list[Hop]
    answer: Any


class BarePlan(msgspec.Struct):
    """Everything that the program has to know."""

    nats_url: str
    user: str
    password: str
    pages: dict[str, Page]


async def serve(port: int, plan: BarePlan) -> None:
    """Serve until ended."""
    client = await nats.connect(
        plan.nats_url, name="bare", user=plan.user, password=plan.password
    )

    def endpoint(page: Page) -> Any:
        async def answer(request: Request) -> Response:
            await request.body()
            for hop in page.hops:
                headers = {**hop.headers, "X-Request-Id": str(uuid4())}
                reply = await client.request(
                    hop.subject, hop.body.encode(), timeout=5, headers=headers
                )
                assert "Nats-Service-Error-Code" not in (reply.headers or {})
            content = orjson.dumps(page.answer)
            return Response(content, media_type="application/json; charset=utf-8")

        return answer

    routes = [
        Route(path, endpoint(page), methods=["POST", "GET"])
        for path, page in plan.pages.items()
    ]
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=routes),
            port=port,
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_level="error",
            lifespan="off",
        )
    )
    await server.serve()


if __name__ == "__main__":
    read = msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=BarePlan)
    uvloop.run(serve(int(sys.argv[1]), read))
