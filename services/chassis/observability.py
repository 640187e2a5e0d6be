"""What operators see: structured logs that cannot carry a secret, and metrics.

Logs name codes, ids and numbers. A value under a key that could hold a person's text or
a secret is replaced before it is written, whoever logged it.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from prometheus_client import Counter, Histogram

_KEPT_OUT = frozenset(
    {
        "authorization", "body", "contact", "content", "cookie", "email", "key",
        "name", "password", "payload", "phone", "raw", "reply", "secret", "state",
        "text", "token", "tracking_code",
    }
)  # fmt: skip

CALLS = Histogram(
    "binhyen_call_seconds",
    "Time from a call's arrival to its answer, by door and outcome.",
    ("door", "operation", "outcome"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
DEFECTS = Counter(
    "binhyen_defects", "Answers that were our own fault, by door.", ("door",)
)


def configure_logging(service: str, level: str = "INFO") -> None:
    """Write one JSON line per log entry to standard output; third parties included."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _redact,
    ]
    structlog.configure(
        processors=[
            *shared,
            _shown_exception,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _shown_exception,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    structlog.contextvars.bind_contextvars(service=service)


def _shown_exception(
    _logger: Any, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Show where an exception came from, never its text or the values around it."""
    raised = entry.pop("exc_info", None)
    entry.pop("exception", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        entry["exception"] = {
            "type": type(error).__qualname__,
            "frames": [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ],
        }
    return entry


def _redact(
    _logger: Any, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in entry:
        if key.lower() in _KEPT_OUT:
            entry[key] = "[kept out]"
    return entry
