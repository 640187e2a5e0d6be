"""What the gateway counts about itself; served as metrics on the inner address."""

from prometheus_client import Counter, Gauge, Histogram

OPERATIONS = Counter(
    "binhyen_gateway_operations", "Operations by kind and outcome.", ["kind", "outcome"]
)
SECONDS = Histogram(
    "binhyen_gateway_operation_seconds", "Time to execute an operation.", ["kind"]
)
SOCKETS = Gauge("binhyen_gateway_sockets", "Open WebSocket connections.")
SUBSCRIPTIONS = Gauge("binhyen_gateway_subscriptions", "Running subscriptions.")
