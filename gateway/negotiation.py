"""Which media type an answer has and whether a request's type is one that we read.

Called by the view: `Accept` with its weights, `Content-Type` with its charset.
"""

from typing import NamedTuple

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
_OFFERED = (JSON, GRAPHQL_JSON)


class _Range(NamedTuple):
    media: str
    weight: float


def _split(value: str) -> tuple[str, dict[str, str]]:
    media, *rest = value.split(";")
    parameters = {}
    for item in rest:
        name, _, content = item.partition("=")
        parameters[name.strip().lower()] = content.strip().strip('"').lower()
    return media.strip().lower(), parameters


def _weight(text: str | None) -> float:
    if text is None:
        return 1.0
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for item in accept.split(","):
        media, parameters = _split(item)
        if media and parameters.get("charset", "utf-8") in {"utf-8", "utf8"}:
            ranges.append(_Range(media, _weight(parameters.get("q"))))
    return ranges


def _rank(ranges: list[_Range], offered: str) -> tuple[float, int, int]:
    """Weight, exactness and place in the header of the best range for a type."""
    best = (0.0, 0, 0)
    exactness = -1
    for place, (media, weight) in enumerate(ranges):
        fits = {offered: 2, "application/*": 1, "*/*": 0}.get(media, -1)
        if fits > exactness:
            exactness, best = fits, (weight, fits, -place)
    return best


def answer_type(accept: str | None) -> str | None:
    """Type of the answer: JSON unless asked otherwise; None when neither is wanted."""
    if accept is None or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    ranked = [(_rank(ranges, offered), offered) for offered in _OFFERED]
    (weight, _, _), offered = max(ranked, key=lambda pair: pair[0])
    return offered if weight > 0 else None


def is_json(content_type: str | None) -> bool:
    """Whether a body of this type is JSON in UTF-8."""
    media, parameters = _split(content_type or "")
    return media == JSON and parameters.get("charset", "utf-8") in {"utf-8", "utf8"}
