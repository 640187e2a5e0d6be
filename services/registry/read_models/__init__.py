"""What readers of the registry ask; one file per question."""
