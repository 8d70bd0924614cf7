"""Services, their teams, who belongs to them when and as what, and what each role may do."""
