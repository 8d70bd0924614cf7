"""Arrays in, arrays out. Nothing here knows about files, engines or official ids."""
