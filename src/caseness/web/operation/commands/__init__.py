"""The commands of `caseness-web`, each in a module of its own."""
