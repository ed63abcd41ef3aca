"""Drawings: pure functions of what the reads return, each a picture and sentences.

The same data make the same drawing, letter by letter, whatever the time is. A drawing
shows at most sixty things, and says so.
"""

from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.drawings.ladders import ladder
from proxymock.inspector.drawings.lanes import lanes
from proxymock.inspector.drawings.life_lines import life_line
from proxymock.inspector.drawings.resource_maps import resource_map

__all__ = ["Drawing", "ladder", "lanes", "life_line", "note_on", "resource_map"]
