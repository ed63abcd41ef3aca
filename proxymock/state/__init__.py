"""What the service keeps: data only, one module a family of things.

A kind of thing has one way in, ``enter``, and one way out, ``leave``: both see to its
table, its keys, its deadline, its tags and its proxy number. The operations use them,
and so does the load of a snapshot.
"""
