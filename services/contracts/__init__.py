"""The published language: imports nothing of ours."""
