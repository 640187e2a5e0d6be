"""Finds the door of an HTTP request and answers it, without a framework in between.

FastAPI describes the doors and answers everything else; its layers around an endpoint
cost a sixth of a command and have nothing left to do for ours.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from starlette.convertors import Convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from services.chassis.openapi import Door

Answers = Callable[[Door, Request], Awaitable[Response]]


class _Pattern(NamedTuple):
    """The address of a door with parameters in it."""

    method: str
    regex: re.Pattern[str]
    convertors: dict[str, Convertor[object]]
    door: Door


class DoorDispatch:
    """The outermost application of a service; what it does not know goes behind."""

    def __init__(
        self, doors: Iterable[tuple[str, Door]], answer: Answers, behind: ASGIApp
    ) -> None:
        """Take each door with its whole path."""
        self._answer = answer
        self._behind = behind
        self._fixed: dict[tuple[str, str], Door] = {}
        self._patterns: list[_Pattern] = []
        for path, door in doors:
            if "{" in path:
                regex, _, convertors = compile_path(path)
                self._patterns.append(_Pattern(door.method, regex, convertors, door))
            else:
                self._fixed[door.method, path] = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI."""
        door = self._find(scope) if scope["type"] == "http" else None
        if door is None:
            await self._behind(scope, receive, send)
            return
        response = await self._answer(door, Request(scope, receive))
        await response(scope, receive, send)

    def _find(self, scope: Scope) -> Door | None:
        method, path = scope["method"], scope["path"]
        found = self._fixed.get((method, path))
        if found is not None:
            return found
        for pattern in self._patterns:
            if pattern.method == method and (match := pattern.regex.match(path)):
                scope["path_params"] = {
                    name: pattern.convertors[name].convert(value)
                    for name, value in match.groupdict().items()
                }
                return pattern.door
        return None
