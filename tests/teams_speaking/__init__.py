"""How the Teams door speaks: the app package, letters and what becomes of them, on real HTTP."""
