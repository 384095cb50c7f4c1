"""What a page's head tells search engines and those who share a link to it."""

from __future__ import annotations

from html import escape

_LONGEST = 200  # characters of a description; longer ones are cut off where they are shown


def shortened(text: str) -> str:
    """A description of at most 200 characters and an ellipsis, cut between two words."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:.– ") + " …"


def meta_tags(
    *, title: str, description: str, site: str, address: str = "", picture: str = ""
) -> str:
    """Description and Open Graph tags.

    Parameters
    ----------
    address, picture
        Full addresses of the page and its preview picture; without a base address the site does
        not know its own, and these tags are left out.
    """
    description = shortened(description)
    said = [("name", "description", description)] if description else []
    said += [("property", "og:type", "article"), ("property", "og:title", title)]
    said += [("property", "og:site_name", site), ("property", "og:description", description)]
    said += [("property", "og:url", address), ("property", "og:image", picture)]
    said += [("name", "twitter:card", "summary_large_image" if picture else "")]
    return "\n".join(
        f'<meta {kind}="{name}" content="{escape(value)}">' for kind, name, value in said if value
    )
