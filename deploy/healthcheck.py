"""Is the process in this container ready? Asked by the container engine.

`python -m deploy.healthcheck` exits 0 when the inner address says so.
"""

import http.client
import sys
from os import environ  # noqa: TID251  (the one address it needs)


def main() -> int:
    """Ask /health/ready on the inner port; return the exit code."""
    port = int(environ["BINHYEN_INNER_PORT"])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/health/ready")
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
