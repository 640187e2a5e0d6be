"""Named hierarchies over the units, for every service: the one rule, and its walk."""
