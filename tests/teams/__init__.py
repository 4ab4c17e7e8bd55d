"""Stand-ins for Teams: who signs and lets in, where letters arrive, and people who write, press and fill in."""
