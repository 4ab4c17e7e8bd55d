"""What is drawn for Teams: that Teams takes it, that nothing is lost, and that what people write stays text."""
