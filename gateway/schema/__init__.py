"""The schema: one file per service, names and texts that agencies see."""
