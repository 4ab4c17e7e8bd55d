"""Hearing Slack: what the gate lets in, what it means, and that nothing is acknowledged before it is stored."""
