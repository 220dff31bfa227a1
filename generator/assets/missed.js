// Searches for the words of an address that leads nowhere. The page names this file once for each depth at which it
// may be shown; where it loads, it has found the site.
(() => {
  "use strict";
  if (globalThis.plumblineMissed) return;
  globalThis.plumblineMissed = true;
  const here = document.currentScript.src;
  const root = new URL("../../", here);

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  // `/catalog/metrics/sla_atainment/` below `/catalog/` → `sla atainment`: the folder only tells the kind.
  const words = () => {
    const path = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : location.pathname;
    const parts = path.split("/").filter((part) => part && !/^index\.html?$/.test(part));
    const asked = parts.length > 1 ? parts.slice(1) : parts;
    return decoded(asked.join(" ")).replace(/\.html?$/, "").replace(/~[0-9a-f]*$/, "").split(/[\s._~/-]+/).filter(Boolean).join(" ");
  };

  const start = () => {
    const box = document.querySelector(".pl-search");
    box.dataset.base = root.href;
    for (const link of document.querySelectorAll(".pl-search__browse")) link.href = root.href;
    const script = document.createElement("script");
    script.src = new URL("search.js", here);
    script.addEventListener("load", () => {
      const input = box.querySelector(".pl-search__input");
      input.value = words();
      input.focus();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    document.head.append(script);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
