# SPDX-License-Identifier: MIT
"""From a module's name, as the kernel says it, to its file on this machine."""

import os

from .image import BUILD

DEFAULT_FOLDERS = [os.path.join(BUILD, "modules")]


def module_name(path):
    """The name under which the kernel knows the module in file `path`."""
    return os.path.basename(path)[:-len(".ko")].replace("-", "_")


def index(places):
    """{module name: its files} of all that is in `places`: folders, looked through with all that is
    below them, and .ko files. Files of one name keep the order of their places."""
    found = {}
    for place in places:
        for path in _files(place):
            found.setdefault(module_name(path), []).append(path)
    return found


def _files(place):
    if os.path.isfile(place):
        return [place] if place.endswith(".ko") else []
    return sorted(os.path.join(folder, file) for folder, _, files in os.walk(place)
                  for file in files if file.endswith(".ko"))
