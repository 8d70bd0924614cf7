"""Charts of an audit as still pictures: Altair describes them, and they need no script to be complete."""
