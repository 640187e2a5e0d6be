"""What people ask here; one file for each question: table, projector and query."""
