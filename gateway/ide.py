"""The explorer page (GraphiQL), served from our own files and no outside address.

Mounted by app.py where the settings allow it.
"""

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

FOLDER: Final = Path(__file__).parent / "static" / "graphiql"
ASSETS: Final = "/graphiql/assets"

# The browser itself refuses whatever the page would fetch elsewhere.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src data:; img-src 'self' data:; connect-src 'self' ws: wss:; "
    "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


async def page(_request: Request) -> Response:
    """Answer with the page."""
    return FileResponse(
        FOLDER / "page.html",
        media_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        },
    )


def assets() -> StaticFiles:
    """Files of the page."""
    return StaticFiles(directory=FOLDER)


def is_browser(request: Request) -> bool:
    """Whether a person opened the endpoint's address in a browser."""
    accept = request.headers.get("accept", "")
    return request.method == "GET" and accept.startswith("text/html")
