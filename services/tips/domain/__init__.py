"""The rules of a tip, with nothing of databases, doors or keys."""
