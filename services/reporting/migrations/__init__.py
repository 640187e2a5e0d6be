"""Versions of the schema ``reporting_write``; run by the process at its start."""
