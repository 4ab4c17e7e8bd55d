"""What the Slack door says to Slack, and what it makes of the answers."""
