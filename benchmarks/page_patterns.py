"""Pages in the structures of news sites: an article in each of twelve patterns of markup.

The patterns are those that content systems and large sites use – where the headline, the date, the
byline and the outlet stand, what the paragraphs are wrapped in, and what stands between and around
them – written for this repository, with invented names and nobody's text. Captions, boxes, lists
and forms carry words of their own, which are no part of an article.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What a page tells: `published` is an ISO date-time with zone; `address` the page's own."""

    title: str
    paragraphs: Sequence[str]
    published: str
    outlet: str
    byline: str
    address: str

    @property
    def day(self) -> str:
        """The day as YYYY-MM-DD."""
        return self.published[:10]


def _p(story: Story, before: str = "<p>", after: str = "</p>") -> list[str]:
    return [f"{before}{html.escape(text)}{after}" for text in story.paragraphs]


def _ld(story: Story, kind: str = "NewsArticle", **more: object) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.title,
        "datePublished": story.published,
        "dateModified": story.published.replace("T0", "T1"),
        "author": [{"@type": "Person", "name": story.byline}],
        "publisher": {"@type": "NewsMediaOrganization", "name": story.outlet},
        "mainEntityOfPage": story.address,
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def _head(story: Story, title: str, *tags: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>{''.join(tags)}</head>"
    )


def _og(story: Story) -> str:
    told = {
        "og:title": story.title,
        "og:site_name": story.outlet,
        "og:url": story.address,
        "og:type": "article",
    }
    return "".join(
        f'<meta property="{name}" content="{html.escape(value)}">' for name, value in told.items()
    )


def _between(parts: Sequence[str], *inserted: str) -> str:
    """The parts with what is inserted after the second, the third and so on."""
    lines = list(parts)
    for number, extra in enumerate(inserted):
        lines.insert(min(len(lines), 2 + 2 * number), extra)
    return "".join(lines)


NAV = (
    '<nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>'
    '<li><a href="/politics">Politics</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
)
COOKIES = (
    '<div id="cookie-banner" role="dialog"><p>We and our 142 partners store and read information on '
    "your device. You can change your choices at any time.</p><button>Accept all</button></div>"
)
MOST_READ = (
    '<aside class="most-read"><h2>Most read</h2><ol><li><a href="/a">Harbour tunnel to stay shut '
    'for another winter, engineers say</a></li><li><a href="/b">Five walks along the estuary for a '
    "rainy Sunday</a></li><li><a href='/c'>Council tax: what changes in May and who pays more</a>"
    "</li></ol></aside>"
)
RELATED = (
    '<div class="related-stories"><h3>Related</h3><ul><li><a href="/d">Ferry timetable cut as '
    'winter storms close in</a></li><li><a href="/e">What the new harbour rules mean for small '
    "boats</a></li></ul></div>"
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>The morning letter</h4><p>Get the day’s headlines in your '
    'inbox every weekday. Sign up to our free newsletter.</p><form><input type="email">'
    "<button>Sign up</button></form></div>"
)
AD = '<div class="ad-slot" aria-hidden="true"><span>Advertisement</span></div>'
SHARE = (
    '<ul class="share-tools"><li><a href="#">Share</a></li><li><a href="#">Copy link</a></li>'
    '<li><a href="#">Print</a></li></ul>'
)
FIGURE = (
    '<figure><img src="/1.jpg" alt="The quay at dusk"><figcaption>The quay at dusk, seen from the '
    "old customs house. Photograph: Staff</figcaption></figure>"
)
AUTHOR = (
    '<div class="author-bio"><h3>About the author</h3><p>Our correspondent writes about harbours, '
    "courts and the weather, and has been with the paper since 2011.</p></div>"
)
COMMENTS = (
    '<section id="comments"><h2>Comments (2)</h2><div class="comment"><p>About time somebody wrote '
    "this, I have said so for years and nobody listened.</p></div></section>"
)
FOOTER = (
    "<footer><p>© 2025 All rights reserved. No part of this site may be reproduced without "
    'permission.</p><ul><li><a href="/terms">Terms</a></li></ul></footer>'
)


def blocks(story: Story) -> str:
    """A block theme of a blog system: header, content, figures, and a graph of embedded data."""
    return (
        _head(story, f"{story.title} - {story.outlet}", _og(story), _ld(story))
        + f'<body class="single single-post">{COOKIES}<header class="site-header">{NAV}</header>'
        f'<article class="post type-post hentry"><header class="entry-header">'
        f'<h1 class="entry-title">{html.escape(story.title)}</h1><div class="entry-meta">'
        f'<span class="byline">By <a class="url fn" href="/author/1">{story.byline}</a></span> '
        f'<time class="entry-date published" datetime="{story.published}">{story.day}</time></div>'
        f'</header><div class="entry-content">{_between(_p(story), FIGURE, NEWSLETTER)}</div>'
        f'<footer class="entry-footer"><span class="tags-links">Tagged harbour, council</span>'
        f"</footer>{AUTHOR}</article>{COMMENTS}<div id='secondary'>{MOST_READ}</div>{FOOTER}</body>"
    )


def advertised(story: Story) -> str:
    """A large paper: every paragraph in an element of its own, advertisements between them."""
    parts = _p(
        story, '<div class="wpds-c-PJLV article-body" data-qa="article-body"><p>', "</p></div>"
    )
    return (
        _head(story, story.title, _og(story), _ld(story))
        + f"<body>{NAV}<main><div data-qa='headline'><h1><span>{html.escape(story.title)}</span></h1>"
        f"</div><div class='byline-wrapper'><span data-qa='attribution-text'>By</span> <a "
        f"data-qa='author-name' href='/people/x'>{story.byline}</a></div>"
        f"<span data-testid='display-date'>{story.day}</span>{SHARE}"
        f"<div class='grid-body'>{_between(parts, AD, AD, AD, RELATED)}</div></main>{MOST_READ}{FOOTER}"
        "</body>"
    )


def components(story: Story) -> str:
    """A broadcaster: a list of typed components with made-up class names, no tag for the author."""
    parts = _p(
        story,
        '<div data-component="text-block" class="ssrcss-7uxr49"><p class="ssrcss-1q0">',
        "</p></div>",
    )
    image = f'<div data-component="image-block">{FIGURE}</div>'
    links = (
        '<div data-component="unordered-list-block"><ul><li><a href="/f">LIVE: Follow updates from '
        "the council meeting</a></li></ul></div>"
    )
    return (
        _head(
            story, f"{story.title} - {story.outlet}", _og(story), _ld(story, "ReportageNewsArticle")
        )
        + f'<body>{COOKIES}{NAV}<main id="main-content"><article><header><h1 id="main-heading">'
        f"{html.escape(story.title)}</h1><div data-component='byline-block'><div>{story.byline}</div>"
        f"<div>Harbour reporter</div></div><time datetime='{story.published}'>4 hours ago</time></header>"
        f"{_between(parts, image, links)}<section data-component='tag-list'><h2>Related topics</h2>"
        "<ul><li>Harbours</li><li>Local government</li></ul></section></article>"
        f"{RELATED}{MOST_READ}</main>{FOOTER}</body>"
    )


def quoted(story: Story) -> str:
    """A paper with pull quotes and boxes in the text; metadata in tags alone."""
    quote = (
        '<aside class="pullquote" data-spacefinder-role="supporting"><blockquote>Nobody asked the '
        "people who live on the quay</blockquote></aside>"
    )
    tags = (
        f'<meta property="article:published_time" content="{story.published}">'
        f'<meta name="author" content="{story.byline}">'
        f'<link rel="canonical" href="{story.address}">'
    )
    return (
        _head(story, f"{story.title} | {story.outlet}", _og(story), tags)
        + f"<body>{COOKIES}{NAV}<main><article><div data-gu-name='headline'><h1>"
        f"{html.escape(story.title)}</h1></div><div data-gu-name='meta'><address aria-label='Contributor'>"
        f"<a rel='author' href='/profile/x'>{story.byline}</a></address><details><summary>"
        f"Sat 12 Apr 2025</summary></details></div><div id='maincontent'><div class='article-body'>"
        f"{_between(_p(story, '<p class=dcr-s3y>'), quote, NEWSLETTER)}</div></div>"
        f"<div data-gu-name='submeta'><span>Explore more on these topics</span><ul><li>Harbours</li>"
        f"</ul></div></article></main>{MOST_READ}{FOOTER}</body>"
    )


def agency(story: Story) -> str:
    """An agency: rich text with link lists inside, the time as a number in an attribute."""
    hub = (
        '<div class="PageListEnhancementGeneric"><div class="title">Related stories</div><ul><li><a '
        'href="/g">Storm closes three ports on the northern coast</a></li></ul></div>'
    )
    tags = f'<meta property="article:published_time" content="{story.published}">'
    return (
        _head(story, f"{story.title} | {story.outlet}", _og(story), tags, _ld(story))
        + f"<body>{NAV}<main class='Page-main'><div class='Page-headlineWrap'><h1 "
        f"class='Page-headline'>{html.escape(story.title)}</h1></div><div class='Page-byline'>"
        f"<span>By&nbsp;</span><a class='Link'>{story.byline}</a></div><bsp-timestamp "
        f"data-timestamp='1744444800000'></bsp-timestamp><div class='RichTextStoryBody RichTextBody'>"
        f"{_between(_p(story), FIGURE, hub, AD)}</div></main>{MOST_READ}{FOOTER}</body>"
    )


def fields(story: Story) -> str:
    """A content system of fields: Dublin Core in the head, a line "Submitted by" in the text."""
    tags = (
        f'<meta name="dcterms.created" content="{story.published}">'
        f'<meta name="dc.creator" content="{story.byline}">'
        f'<meta name="dc.publisher" content="{story.outlet}">'
        f'<link rel="canonical" href="{story.address}">'
    )
    return (
        _head(story, f"{story.title} | {story.outlet}", tags)
        + f"<body class='path-node page-node-type-article'>{NAV}<main role='main'><h1 "
        f"class='page-title'><span class='field field--name-title'>{html.escape(story.title)}</span>"
        f"</h1><div class='node__meta'><span class='field--name-created'>{story.day}</span></div>"
        f"<div class='node__content'><div class='field field--name-field-image'>{FIGURE}</div>"
        f"<div class='clearfix text-formatted field field--name-body field__item'>"
        f"{_between(_p(story))}</div><div class='field--name-field-tags'><div>Tags</div>"
        f"<a href='/t'>Harbours</a></div></div></main><aside>{MOST_READ}{NEWSLETTER}</aside>{FOOTER}</body>"
    )


def tables(story: Story) -> str:
    """A page as they were written for years: nested tables, fonts, paragraphs by empty lines."""
    text = "<br><br>\n".join(_p(story, "", ""))
    return (
        f"<html><head><title>{html.escape(story.title)} - {story.outlet}</title>"
        f'<meta name="date" content="{story.day}"><meta name="author" content="{story.byline}"></head>'
        f"<body><table width=100%><tr><td colspan=3><a href='/'>{story.outlet}</a></td></tr><tr>"
        f"<td width=120><a href='/'>Home</a><br><a href='/w'>World</a><br><a href='/s'>Sport</a></td>"
        f"<td><table><tr><td><h1><font face=Arial>{html.escape(story.title)}</font></h1><font size=2>"
        f"By {story.byline}<br>{story.day}</font><br><br><div class='story'><font face=Arial "
        f"size=2>{text}</font></div></td></tr></table></td><td width=160><b>Also today</b><br>"
        f"<a href='/x'>Ferry timetable cut as winter storms close in</a></td></tr></table>"
        f"<center><font size=1>Copyright 2025</font></center></body></html>"
    )


def letter(story: Story) -> str:
    """A newsletter's site: a form to subscribe within the text, buttons above and below it."""
    form = (
        '<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive '
        "new posts and support my work.</p><form><input type='email'></form></div>"
    )
    return (
        _head(story, f"{story.title} - by {story.byline}", _og(story), _ld(story))
        + f"<body><div class='main-menu'><a href='/'>{story.outlet}</a><button>Subscribe</button></div>"
        f"<article class='typography newsletter-post post'><div class='post-header'><h1 "
        f"class='post-title'>{html.escape(story.title)}</h1><div class='pencraft byline-wrapper'><a "
        f"href='/@x'>{story.byline}</a><div class='pencraft'>Apr 12, 2025</div></div>{SHARE}</div><div "
        f"class='available-content'><div class='body markup'>{_between(_p(story), form)}</div></div>"
        f"</article><div class='comments-page'><h4>Discussion about this post</h4></div>{RELATED}{FOOTER}"
        "</body>"
    )


def soup(story: Story) -> str:
    """An application that renders itself: nothing but `div` and made-up classes, state in a script."""
    state = json.dumps({"props": {"pageProps": {"article": {"title": story.title}}}})
    tags = f'<meta property="article:published_time" content="{story.published}">'
    parts = _p(story, '<div class="css-1xd"><p class="css-at9">', "</p></div>")
    return (
        _head(story, f"{story.title} | {story.outlet}", _og(story), tags, _ld(story))
        + f'<body><div id="__next"><div class="css-nav">{NAV}</div><div class="css-a"><div class="css-b">'
        f'<h1 class="css-h">{html.escape(story.title)}</h1><div class="css-c"><span>{story.byline}</span>'
        f"<span>{story.day}</span></div><div class='css-d'>{_between(parts, AD, RELATED)}</div></div>"
        f"<div class='css-e'>{MOST_READ}{NEWSLETTER}</div></div>{FOOTER}</div><script "
        f'id="__NEXT_DATA__" type="application/json">{state}</script></body>'
    )


def accelerated(story: Story) -> str:
    """A page for telephones, with elements of its own."""
    image = (
        '<amp-img src="/1.jpg" width="600" height="400"></amp-img><p class="caption">The quay at '
        "dusk, seen from the old customs house.</p>"
    )
    return (
        f'<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{html.escape(story.title)}'
        f'</title><link rel="canonical" href="{story.address}">{_ld(story)}</head><body><header><a '
        f'href="/">{story.outlet}</a></header><amp-sidebar id="menu">{NAV}</amp-sidebar><main><article>'
        f'<h1>{html.escape(story.title)}</h1><p class="byline">By {story.byline}</p><time datetime="'
        f'{story.published}">{story.day}</time><amp-social-share type="email"></amp-social-share>'
        f'<div class="article-body">{_between(_p(story), "<amp-ad></amp-ad>")}</div>{image}</article>'
        f"{RELATED}</main>{FOOTER}</body></html>"
    )


def marked(story: Story) -> str:
    """Microdata: properties on the elements that show them."""
    return (
        _head(story, f"{story.title} – {story.outlet}", _og(story))
        + f'<body>{NAV}<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">'
        f'{html.escape(story.title)}</h1><span itemprop="author" itemscope itemtype='
        f'"https://schema.org/Person">By <span itemprop="name">{story.byline}</span></span><time '
        f'itemprop="datePublished" datetime="{story.published}">12 April 2025</time>{SHARE}{FIGURE}<div '
        f'itemprop="articleBody">{_between(_p(story), AD)}</div></div>{COMMENTS}{MOST_READ}{FOOTER}</body>'
    )


def local(story: Story) -> str:
    """A local paper's system: the byline in a list, cards of other articles within the text."""
    card = (
        '<div class="tnt-inline-asset tnt-inline-relcontent"><div class="card-body"><h3>'
        '<a href="/h">Market hall to open on Sundays from June</a></h3><p class="tnt-summary">Stall '
        "holders voted for it by a narrow margin.</p></div></div>"
    )
    tags = f'<meta name="author" content="{story.byline}">' + _ld(story)
    return (
        _head(story, f"{story.title} | Local News | example", _og(story), tags)
        + f"<body>{NAV}<div id='site-container'><article class='asset'><header><h1 class='headline'>"
        f"<span itemprop='headline'>{html.escape(story.title)}</span></h1><div class='meta'><ul "
        f"class='list-inline'><li><span itemprop='author'>By {story.byline}</span></li><li><time "
        f"datetime='{story.published}'>Apr 12, 2025</time></li></ul></div></header><div "
        f"id='article-body' class='asset-body'>{_between(_p(story), card)}</div><div class='tags'>"
        f"<ul><li>Tags</li><li>Harbours</li></ul></div>{NEWSLETTER}</article>{MOST_READ}</div>{FOOTER}</body>"
    )


PATTERNS: dict[str, Callable[[Story], str]] = {
    pattern.__name__: pattern
    for pattern in (
        blocks,
        advertised,
        components,
        quoted,
        agency,
        fields,
        tables,
        letter,
        soup,
        accelerated,
        marked,
        local,
    )
}
