"""Running the application: its settings, health, backups and worker."""
