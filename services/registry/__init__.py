"""The registry: units through time, forces by law, members."""
