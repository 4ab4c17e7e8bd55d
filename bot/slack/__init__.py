"""Slack's door: who is speaking is verified, what they said is handed in, and letters are drawn and posted."""
