"""What a question to a service is; each stands where it is asked, with its contract.

A body may only carry fields that the contract's request has; the service validates the
values and answers with the path of what it refuses.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import orjson


class Question(NamedTuple):
    """A verb of a service with the shape of its request."""

    service: str
    verb: str
    request: type[msgspec.Struct]

    def body(self, parts: Mapping[str, Any]) -> bytes:
        """JSON of a request; what is None stays out. Raises TypeError for strangers."""
        given = {name: value for name, value in parts.items() if value is not None}
        strangers = given.keys() - set(self.request.__struct_fields__)
        if strangers:
            raise TypeError(f"{self.verb} takes no {', '.join(sorted(strangers))}")
        return orjson.dumps(given)
