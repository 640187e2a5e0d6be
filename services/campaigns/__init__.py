"""The movement: campaigns, sessions, models and their points."""
