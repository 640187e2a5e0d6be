"""How the registry's routes are made: the same for every area."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter

from services.chassis.http import command_route, query_route
from services.registry.api.addresses import in_address
from services.registry.verbs.making import READ, WRITE

CREATED: Final = 201


class Routes:
    """The routes of one area; `router` is what the wiring takes."""

    def __init__(self) -> None:
        self.router = APIRouter(prefix="/v1")

    def command(
        self,
        path: str,
        request: type[Any],
        handler: Callable[..., Any],
        response: type[Any],
        *,
        status: int = 200,
        scope: str = WRITE,
    ) -> None:
        """Add a command."""
        command_route(
            self.router,
            path,
            request,
            handler,
            scope=scope,
            status=status,
            response=response,
        )

    def question(
        self,
        path: str,
        request: type[Any],
        handler: Callable[..., Any],
        response: type[Any],
        *,
        scope: str = READ,
    ) -> None:
        """Add a query whose words must not stand in an address: asked by POST."""
        command_route(
            self.router,
            path,
            request,
            handler,
            scope=scope,
            response=response,
            keyed=False,
        )

    def query(
        self,
        path: str,
        request: type[Any],
        handler: Callable[..., Any],
        response: type[Any],
        *,
        scope: str | None = READ,
    ) -> None:
        """Add a query; where it names a unit, its address has `…_id` and `…_code`."""
        shape, asked = in_address(request, handler)
        query_route(self.router, path, shape, asked, scope=scope, response=response)
