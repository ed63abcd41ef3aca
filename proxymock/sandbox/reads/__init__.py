"""What people look at: the state of an account as plain values, a page at a time.

The inspector shows these, and everybody gets them over HTTP: each is a row of the table
of commands. A read runs inside of the account's door and copies what it shows, so that
nobody holds what others may change after. Lists are cut on the server, newest first.
"""
