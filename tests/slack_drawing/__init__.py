"""What is drawn for Slack: that Slack takes it, that nothing is lost, and that what people write stays text."""
