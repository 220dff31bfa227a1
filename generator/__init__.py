"""Sites and the command. Knows the face of the catalog, nothing behind it."""
