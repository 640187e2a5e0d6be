"""What officers and senders see of tips; one file per question."""
