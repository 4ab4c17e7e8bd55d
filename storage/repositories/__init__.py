"""The repositories: each keeps one promise of `dialogs.ports`."""
