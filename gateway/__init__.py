"""The one GraphQL endpoint over all services."""
