"""A record in, through `read` and `check`; the service's record out, as tables that `caseness measures` reads."""
