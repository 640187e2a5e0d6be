"""What people do here; one file for each command, none of them waits for anything."""
