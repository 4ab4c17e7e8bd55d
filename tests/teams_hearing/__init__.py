"""What comes to the door to Teams: who is let in, by which keys, and where the bot's token may go."""
