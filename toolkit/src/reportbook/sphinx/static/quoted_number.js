// Escape closes the tip that pointer or focus opened, without moving either.
"use strict";

(() => {
  const off = document.documentElement.classList;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") off.add("rb-tips-off");
  });
  for (const next of ["focusin", "pointerover"]) {
    document.addEventListener(next, () => off.remove("rb-tips-off"));
  }
})();
