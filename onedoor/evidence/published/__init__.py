"""What the Department for Education publishes, with its marks: a figure left out is never nought.

from onedoor.evidence import published

figures = published.read("dfe/")
figures.series("North Yorkshire", "looked_after", "Placement: Total", "young people")
figures.neighbours_of("North Yorkshire")
"""

from onedoor.evidence.published.reading import Published, Source, read, read_files

__all__ = ["Published", "Source", "read", "read_files"]
