"""Counts the facts of the other services into official figures and reports."""
