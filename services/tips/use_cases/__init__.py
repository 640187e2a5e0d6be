"""What can be done with a tip: one file per command, a plain function each."""
