"""Pictures that customers send, made small enough to be drawn in cells.

What lives here: a process of its own that decodes one picture (`decoding`, the only module that
names Pillow), and the hand that starts it and believes none of it (`looking`). A picture is the
most hostile thing a customer can send: 10 kB may want 400 MB (security.md §3, Images). So the
decoder has no secret, no network of ours and no other file, at most 512 MB and five seconds, and
knows PNG, JPEG, GIF and WEBP of up to 16 million pixels; whatever it does, only so many pixels
come out of it, as plain numbers.

```
looking.look(path, columns, rows, *, seconds=5.0) -> Picture(width, height, pixels, kind, whole)
    scaled down to fit so many cells of half blocks; RefusedByRule says why there is none
```

What may come in: the path of a file. What goes out: a Picture. Nothing is kept.
"""
