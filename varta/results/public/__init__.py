"""What of a report everybody may see: the hidden is kept back, and the rest published, edition by edition."""

from varta.results.public.actions import AlreadyPublished, Preview, preview, publish
from varta.results.public.queries import published

__all__ = ["AlreadyPublished", "Preview", "preview", "publish", "published"]
