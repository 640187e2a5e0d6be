"""What may happen to units, forces and members."""
