"""Words for the fields of requests: OpenAPI and the GraphQL inputs show them."""

from msgspec import Meta


def about(text: str) -> Meta:
    """Say what a field of a request means."""
    return Meta(description=text)
