// The theme takes the addresses in editions.json as relative to the page. They are relative to the
// edition, whose root every page knows, so that the site may lie anywhere on a server.
(() => {
  const root = document.documentElement.dataset.content_root || "./";
  const fix = (link) => {
    const address = link.getAttribute("href") || "";
    if (address.startsWith("../") && !link.dataset.fixed) {
      link.dataset.fixed = "yes";
      link.setAttribute("href", root + address);
    }
  };
  document.querySelectorAll(".version-switcher__menu").forEach((menu) => {
    menu.querySelectorAll("a").forEach(fix);
    new MutationObserver(() => menu.querySelectorAll("a").forEach(fix)).observe(menu, {
      childList: true,
    });
  });
})();
