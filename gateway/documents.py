"""From a query's text to something that may be executed, worked out once per text.

Called by the view and the sockets. Parsing, guard, validation and the static cost are
remembered; texts seen once cannot push out those that are used again and again.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from gateway.errors import RequestRefused, refused
from gateway.guard import Guard
from gateway.limits import Limits
from gateway.pages import PageSite, check_pages, page_sites, static_cost

_RULES = (*specified_rules, OneOfInputValidationRule)
_REMEMBERED_ONCE = 128
_REMEMBERED_AGAIN = 512
_LONGEST_REMEMBERED = 20_000


@dataclass(slots=True)
class Operation:
    """One operation of a document that passed guard and validation."""

    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    sites: tuple[PageSite, ...]
    costs: dict[tuple[int, ...], int] = field(default_factory=dict)

    @property
    def kind(self) -> OperationType:
        """Whether it is a query, a mutation or a subscription."""
        return self.node.operation

    def admitted_cost(self, variables: Mapping[str, Any], limits: Limits) -> int:
        """Cost in points with these variables. Raises RequestRefused."""
        sizes = check_pages(self.sites, self.node, variables, limits)
        cost = self.costs.get(sizes)
        if cost is None:
            cost = static_cost(self.node, self.fragments, sizes, self.sites)
            if len(self.costs) < _REMEMBERED_ONCE:
                self.costs[sizes] = cost
        if cost > limits.cost:
            raise refused(
                "QUERY_TOO_COSTLY", f"Costs {cost} points; at most {limits.cost}."
            )
        return cost


class Document:
    """The operations of one text, or the errors that it always gives."""

    def __init__(
        self,
        operations: Mapping[str, Operation] | None = None,
        failure: RequestRefused | None = None,
    ) -> None:
        self._operations = operations or {}
        self._failure = failure

    def operation(self, name: str | None) -> Operation:
        """Return the operation to run. Raises RequestRefused."""
        if self._failure is not None:
            raise RequestRefused(self._failure.errors)
        if name:
            found = self._operations.get(name)
            if found is None:
                raise refused("BAD_REQUEST", f"Unknown operation named '{name}'.")
            return found
        if len(self._operations) != 1:
            raise refused("BAD_REQUEST", "Say by operationName which operation to run.")
        return next(iter(self._operations.values()))


class DocumentStore:
    """Documents by text: a first sight is on probation, a second one is kept."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._once: OrderedDict[str, Document] = OrderedDict()
        self._again: OrderedDict[str, Document] = OrderedDict()

    def document(self, text: str) -> Document:
        """Return the document of a text, from memory where it was seen before."""
        known = self._again.get(text)
        if known is not None:
            self._again.move_to_end(text)
            return known
        known = self._once.pop(text, None)
        if known is not None:
            _remember(self._again, text, known, _REMEMBERED_AGAIN)
            return known
        document = self._prepared(text)
        if len(text) <= _LONGEST_REMEMBERED:
            _remember(self._once, text, document, _REMEMBERED_ONCE)
        return document

    def __len__(self) -> int:
        """Return the number of texts that are remembered."""
        return len(self._once) + len(self._again)

    def _prepared(self, text: str) -> Document:
        try:
            ast = parse(text, max_tokens=self._limits.tokens)
            Guard(ast, self._limits).check()
            self._validate(ast)
            return Document(operations=_operations(ast))
        except RequestRefused as failure:
            return Document(failure=RequestRefused(failure.errors))
        except GraphQLError as error:
            error.extensions = {"code": "GRAPHQL_PARSE_FAILED"}
            return Document(failure=RequestRefused([error]))

    def _validate(self, ast: DocumentNode) -> None:
        errors = validate(
            self._schema, ast, _RULES, max_errors=self._limits.reported_errors
        )
        for error in errors:
            error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"}
        if errors:
            raise RequestRefused(errors[: self._limits.reported_errors])


def _remember(
    shelf: OrderedDict[str, Document], text: str, document: Document, most: int
) -> None:
    shelf[text] = document
    if len(shelf) > most:
        shelf.popitem(last=False)


def _operations(ast: DocumentNode) -> dict[str, Operation]:
    fragments = {
        node.name.value: node
        for node in ast.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return {
        node.name.value if node.name else "": Operation(
            ast, node, fragments, page_sites(node, fragments)
        )
        for node in ast.definitions
        if isinstance(node, OperationDefinitionNode)
    }
