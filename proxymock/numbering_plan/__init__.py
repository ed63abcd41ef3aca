"""Phone numbers as such: how they are written, where they belong, which are fictional.

Nothing here knows the service. The library ``phonenumbers`` knows the world's numbering
plans; it is slow to import, and few need it, so only functions import it.
"""
