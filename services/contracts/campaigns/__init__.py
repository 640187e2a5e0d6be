"""The published language of the movement: what campaigns says and understands."""
