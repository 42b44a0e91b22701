"""The REST edge: endpoints under `/api/v1/`, JSON alone, described by OpenAPI 3.1 at `schema`.

`views` is the form that every endpoint has: rows by `visible_to(actor)`, cursor pages, filters with
names. `problems` has every refusal by a stable code; a module or package for each kind of row.
"""
