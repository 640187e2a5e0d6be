"""One province's year through the public doors, compared with what was published."""
