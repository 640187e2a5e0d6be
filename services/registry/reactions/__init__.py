"""What the registry does by itself, without a call at a door."""
