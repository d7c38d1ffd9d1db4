"""What a file's first bytes look like, whatever its name and type say."""

from __future__ import annotations

HEAD = 512
"""Bytes that are looked at."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"#!", "text/x-shellscript"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg")


def looks_like(head: bytes) -> str | None:
    """The media type that the bytes show plainly; None where they do not."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    plain = head.lstrip().lower()
    if plain.startswith(_MARKUP):
        return "image/svg+xml" if plain.startswith(b"<svg") else "text/html"
    return None
