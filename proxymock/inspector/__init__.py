"""The inspector: the page that shows an account, and what it is made of."""
