"""What is due, for whom, and when: computed from plans, cycles and calendars. Now is an argument."""
