"""The machinery that every service shares; it knows no word of the domain."""
