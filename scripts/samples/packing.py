"""Zip containers whose bytes depend on nothing but their members."""

import io
import re
import zipfile

FIXED = (2026, 10, 30, 16, 20, 0)
STAMP = b"2026-10-30T16:20:00Z"


def steady(content):
    """The same OOXML package with fixed times and members in their first order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        members = [(name, source.read(name)) for name in source.namelist()]
    return pack([(name, _undated(name, body)) for name, body in members], out)


def pack(members, out=None):
    """A zip of (name, bytes) pairs in the order given."""
    out = out or io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, body)
    return out.getvalue()


def _undated(name, body):
    if name != "docProps/core.xml":
        return body
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMP, body)
