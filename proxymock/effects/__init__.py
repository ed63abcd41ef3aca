"""What calls leave behind in the rest of AWS: who writes what, when, and how it looks.

Nothing is delivered here. A *format*, a module with the look of one thing, answers an
occasion with the deliveries that it causes; whoever receives them is behind the door.
"""
