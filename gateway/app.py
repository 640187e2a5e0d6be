"""The gateway's application: endpoint, sockets and explorer put together.

Built by main.py for the process and by the tests on ports of their own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from gateway import ide
from gateway.callers import Callers
from gateway.context import Services
from gateway.documents import DocumentStore
from gateway.figures_feed import FiguresFeed
from gateway.limits import LIMITS, Limits
from gateway.schema.build import build_schema
from gateway.sockets import GraphQLSockets
from gateway.view import GraphQLView
from services.chassis.identity import TokenVerifier

PATH = "/graphql"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True)
class Gateway:
    """The parts of one gateway process."""

    services: Services
    verifier: TokenVerifier
    graphiql: bool = False
    limits: Limits = LIMITS
    feed: FiguresFeed = field(default_factory=FiguresFeed)
    view: GraphQLView = field(init=False)
    sockets: GraphQLSockets = field(init=False)

    def __post_init__(self) -> None:
        schema = build_schema()
        documents = DocumentStore(schema, self.limits)
        callers = Callers(self.verifier)
        self.view = GraphQLView(schema, documents, callers, self.services, self.limits)
        self.sockets = GraphQLSockets(
            schema, documents, callers, self.services, self.feed, self.limits
        )

    def application(self) -> Starlette:
        """Return the application to serve."""
        return Starlette(routes=self._routes())

    def _routes(self) -> list[BaseRoute]:
        endpoint: Handler = self.view.__call__
        routes: list[BaseRoute] = [
            WebSocketRoute(PATH, self.sockets.__call__),
        ]
        if self.graphiql:
            endpoint = self._page_or_answer
            routes.append(Route("/graphiql", ide.page, methods=["GET"]))
            routes.append(Mount(ide.ASSETS, ide.assets()))
        return [*routes, Route(PATH, endpoint, methods=list(METHODS))]

    async def _page_or_answer(self, request: Request) -> Response:
        if ide.is_browser(request) and "query" not in request.query_params:
            return await ide.page(request)
        return await self.view(request)
