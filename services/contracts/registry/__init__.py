"""What the registry says to others: events, requests, unit ids."""
