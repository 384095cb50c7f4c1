// The theme takes the addresses in editions.json as relative to the page. They are relative to the
// edition, whose root every page knows, so that the site may lie anywhere on a server. Where another
// edition lacks the page, the switcher leads to that edition's first page, which says so.
"use strict";

(() => {
  const html = document.documentElement;
  const root = html.dataset.content_root || "./";
  const here = typeof DOCUMENTATION_OPTIONS === "object" ? DOCUMENTATION_OPTIONS : {};
  const own = here.theme_switcher_version_match;
  const page = here.pagename;
  const asked = new URLSearchParams(location.search);
  const menus = document.querySelectorAll(".version-switcher__menu");
  if (!menus.length) return;

  const edition = (editions, name) => editions.find((each) => each.version === name);
  const address = (name, rest) => `${root}../${encodeURIComponent(name)}/${rest}`;

  const lead = (link, editions) => {
    const other = edition(editions, link.dataset.version);
    if (!other?.pages) return;
    link.onclick = null; // the theme would ask the server for the page; the list knows already
    const question = new URLSearchParams({ lacks: page, from: own });
    link.setAttribute(
      "href",
      page in other.pages
        ? address(other.version, `${page}.html`)
        : address(other.version, `${other.first}?${question}`),
    );
  };

  const tell = (editions) => {
    // only what the list of editions confirms is shown, never words taken from the address
    const title = edition(editions, asked.get("from"))?.pages?.[asked.get("lacks")];
    if (!title || asked.get("lacks") in (edition(editions, own)?.pages ?? {})) return;
    const notice = document.createElement("p");
    notice.className = "rb-notice";
    notice.setAttribute("role", "status");
    const back = document.createElement("a");
    back.href = address(asked.get("from"), `${asked.get("lacks")}.html`);
    back.textContent = `Back to it in edition ${asked.get("from")}`;
    notice.append(`This edition has no page “${title}”; here is its first page. `, back, ".");
    document.querySelector(".bd-article")?.prepend(notice);
  };

  fetch(`${root}../editions.json`)
    .then((answer) => answer.json())
    .then((editions) => {
      const fix = (menu) => menu.querySelectorAll("a").forEach((link) => lead(link, editions));
      menus.forEach((menu) => {
        fix(menu);
        new MutationObserver(() => fix(menu)).observe(menu, { childList: true });
      });
      if (asked.has("lacks")) tell(editions);
    })
    .catch(() => {}); // a page opened from a disk, without a server: the switcher stays as it is
})();
