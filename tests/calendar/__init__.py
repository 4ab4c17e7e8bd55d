"""The calendar: what is due, for whom, and when."""
