"""Clients, their referrals, contacts and scores, and what else is recorded of them."""
