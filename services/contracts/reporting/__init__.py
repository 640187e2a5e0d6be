"""What reporting is asked, what it answers, and what it publishes."""
