"""Words for the fields of requests: OpenAPI and the GraphQL inputs show them."""

from typing import Final

from msgspec import Meta

_EXAMPLES: Final[dict[str, str]] = {}


def about(text: str) -> Meta:
    """Say what a field of a request means."""
    return Meta(description=text)


def formed(pattern: str, example: str, max_length: int) -> Meta:
    """Bound a text to a form; the example stands in OpenAPI and in the refusal."""
    _EXAMPLES[pattern] = example
    return Meta(pattern=pattern, max_length=max_length, examples=[example])


def example_of(pattern: str) -> str | None:
    """Return a text of that form, where one was given."""
    return _EXAMPLES.get(pattern)
