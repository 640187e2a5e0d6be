"""What campaigns knows about the movement, and every rule of it."""
