"""The published language of tips: what the service says and understands."""
