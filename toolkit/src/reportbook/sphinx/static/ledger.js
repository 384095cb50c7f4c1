// The ledger is complete without this; here come the search field and the order of its entries.
"use strict";

(() => {
  const ledger = document.querySelector(".rb-ledger");
  if (!ledger) return;
  const entries = Array.from(ledger.querySelectorAll(":scope > .rb-entry"));
  // of each page the numbers without a value: one line, folded
  const folds = Array.from(ledger.querySelectorAll(":scope > .rb-absent"));
  const absent = folds.flatMap((fold) => Array.from(fold.querySelectorAll("li")));
  const byPage = Array.from(ledger.children);
  const text = (entry, part) => entry.querySelector(part)?.textContent ?? "";
  const orders = {
    "by page": null,
    "by name": (a, b) => text(a, ".rb-entry-name").localeCompare(text(b, ".rb-entry-name")),
    [`most ${ledger.dataset.figures} first`]: (a, b) =>
      b.querySelectorAll(".rb-inputs tbody tr").length - a.querySelectorAll(".rb-inputs tbody tr").length,
  };

  const tools = document.createElement("form");
  tools.className = "rb-ledger-tools";
  tools.setAttribute("role", "search");
  tools.innerHTML =
    '<label>Find <input type="search" placeholder="a word, a source, a key"></label>' +
    "<label>Order <select></select></label><output></output>";
  const [find, order, count] = ["input", "select", "output"].map((tag) => tools.querySelector(tag));
  for (const name of Object.keys(orders)) order.add(new Option(name));

  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of [...entries, ...absent]) {
      const reason = entry.matches("li") ? entry.parentElement.previousElementSibling.textContent : "";
      const said = `${entry.textContent} ${reason}`.toLowerCase();
      entry.hidden = !words.every((word) => said.includes(word));
      shown += !entry.hidden;
    }
    for (const list of folds.flatMap((fold) => Array.from(fold.querySelectorAll("ul"))))
      list.hidden = list.previousElementSibling.hidden = !list.querySelector("li:not([hidden])");
    for (const fold of folds) {
      fold.hidden = !fold.querySelector("li:not([hidden])");
      fold.open = words.length > 0;
    }
    count.textContent = `${shown} of ${entries.length + absent.length} numbers`;
  };
  const sort = () => {
    const compare = orders[order.value];
    ledger.append(...(compare ? [...entries].sort(compare).concat(folds) : byPage));
  };
  // A link to an entry must find it whatever was typed before.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest("details");
    if (!target?.hidden && (!fold || fold.open)) return;
    find.value = "";
    show();
    if (fold) fold.open = true;
    target.scrollIntoView();
  };
  find.addEventListener("input", show);
  order.addEventListener("change", sort);
  tools.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]"); // to where the address leads already: no change
    if (link?.href === location.href) setTimeout(reveal);
  });
  ledger.before(tools);
  show();
  reveal();
})();
