"""What was read and changed, by whom and when: rows that are only ever added."""
