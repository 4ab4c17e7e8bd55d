"""A Slack to try the coach against: a workspace with people and channels, and what Slack says to a bot."""
