"""House rules: what holds for every file, whatever it does. Each rule proves that it can bite."""
