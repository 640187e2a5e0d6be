"""What the answers of commands are made of; every payload ends with userErrors."""

from typing import Any, TypeVar

from gateway.schema.base import Info, Root, column, global_id, output, resolved
from gateway.schema.commands import UserError
from gateway.schema.related import related

T = TypeVar("T")


def payload(cls: type[T]) -> type[T]:
    """Make the answer of a command: what the class shows, and why it was refused."""
    cls.__annotations__["user_errors"] = list[UserError]
    shown: Any = cls
    shown.user_errors = column(
        "Why the command was refused; empty when it was carried out."
    )
    return output(cls)


def object_of(typename: str, name: str, description: str) -> Any:
    """Declare the object whose identity the answer has in a column."""

    async def resolve(root: Root, info: Info) -> Any:
        return await related(info, typename, root.get(name))

    return resolved(resolve, description)


def id_of(typename: str, name: str, description: str) -> Any:
    """Declare the id of what the answer names in a column."""

    def resolve(root: Root) -> Any:
        found = root.get(name)
        return None if found is None else global_id(typename, found)

    return resolved(resolve, description)


def ids_of(typename: str, name: str, description: str) -> Any:
    """Declare the ids of what the answer lists in a column; none when refused."""

    def resolve(root: Root) -> Any:
        return [global_id(typename, one) for one in root.get(name, ())]

    return resolved(resolve, description)


def rows_of(name: str, description: str) -> Any:
    """Declare the rows that the answer lists in a column; none when refused."""
    return resolved(lambda root: root.get(name, ()), description)
