"""What Schemathesis cannot read in the document: the types of files, and a site that is there."""

import os

import schemathesis
from hypothesis import strategies

for kind in ("image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"):
    schemathesis.openapi.media_type(kind, strategies.binary(max_size=2_000))


@schemathesis.hook
def map_body(context, body):
    """Names the site that is served, where one was given."""
    site = os.environ.get("SITE")
    if site and isinstance(body, dict) and isinstance(body.get("site"), str):
        body["site"] = site
    return body
