"""Versions of the schema `registry_write`; run by the process at its start."""
