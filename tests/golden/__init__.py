"""Reports, and what commands print, as they were last reviewed."""
