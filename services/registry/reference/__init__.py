"""The dated register of units that the registry imports when it first starts."""
