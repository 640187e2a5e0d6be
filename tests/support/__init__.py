"""Servers, databases and callers that tests ask for."""
