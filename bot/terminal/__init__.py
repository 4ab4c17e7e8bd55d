"""The terminal door: several people in one window, typed or piped."""
