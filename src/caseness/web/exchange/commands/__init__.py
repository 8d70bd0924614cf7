"""What the script `caseness-web` does of exchange."""
