"""What every service keeps about units: the tree through time, in its own schema."""
