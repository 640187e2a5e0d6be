"""Tips from the people: intake, triage, rating, and nothing that leads to a sender."""
