"""Versions of the schema ``campaigns_write``; run by the process at its start."""
