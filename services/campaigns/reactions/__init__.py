"""What happens here because something happened elsewhere."""
