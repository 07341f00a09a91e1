"""IO: pages and robots.txt files, asked for over HTTP: a `Fetch` for every target, whatever happens."""
