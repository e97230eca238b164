"""Compiles Python's standard library for the runtime's image: compile.py LIBRARY TARGET.

Each module becomes TARGET/<module>.pyc, which Python imports without its source. The header says "hash-based, unchecked":
it holds no time, so the same library gives the same bytes.
"""
import importlib.util
import marshal
import os
import sys

# For tests, windows, terminals, installing and building; the host's own packages and settings are none of a plugin's.
LEFT_OUT = {
    "__phello__", "__pycache__", "curses", "dbm", "dist-packages", "distutils", "ensurepip", "idlelib", "lib-dynload",
    "lib2to3", "pydoc_data", "site-packages", "test", "tests", "tkinter", "turtledemo", "venv",
    "antigravity.py", "sitecustomize.py", "this.py", "turtle.py", "usercustomize.py",
}
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)

library, target = sys.argv[1:]
for folder, folders, files in os.walk(library):
    folders[:] = sorted(name for name in folders if name not in LEFT_OUT and not name.startswith("config-"))
    for name in sorted(files):
        if not name.endswith(".py") or name in LEFT_OUT:
            continue
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            code = compile(file.read(), path, "exec", dont_inherit=True)
        compiled = os.path.join(target, os.path.relpath(path, library) + "c")
        os.makedirs(os.path.dirname(compiled), exist_ok=True)
        with open(compiled, "wb") as file:
            file.write(HEADER + marshal.dumps(code))
