"""IO: everything SQLite: what is known about the listed resources, and their history."""
