"""What a warm process imports before the first notebook comes."""

from __future__ import annotations

# The kernel's own parts, which every kernel imports itself; then what notebooks of this field use.
# Left out on purpose are modules that look at the running shell or start a thread when they are
# imported: matplotlib's pyplot and inline backend, ipywidgets, pyarrow. Notebooks import those.
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.display",
    "IPython.extensions.storemagic",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
)
STACK = (
    *KERNEL,
    "jinja2",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "pandas",
    "pandas.io.formats.style",
    "matplotlib",
    "matplotlib.figure",
    "matplotlib.style",
    "matplotlib.dates",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "babel.dates",
    "babel.numbers",
    "statistics",
    "tzdata",
    "xml.etree.ElementTree",
    "yaml",
)
