// The search box: a combobox over the results. No dependency, no fetch, no innerHTML, so that it works from a
// folder and under a strict Content-Security-Policy. Everything else comes as scripts when a box is first used.
(() => {
  "use strict";
  const [FIRST, MORE] = [10, 20]; // the texts of each result may be in a shard of their own
  const PARTS = ["terms", "shards", "ranking", "results", "drawing"];
  const here = document.currentScript.src;
  const store = (globalThis.plumblineSearch ??= { words: [], things: [], spelling: [] });

  const load = (url) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: url, async: false, onload: done, onerror: () => failed(new Error(`${url} did not load`)) });
      document.head.append(script);
    });

  const open = (base) => {
    store.opened ??= Promise.all([
      ...PARTS.map((part) => load(new URL(`search/${part}.js`, here))),
      load(new URL("search/root.js", base)),
    ])
      .then(() => store.openIndex(store.root, (name) => load(new URL(name, base))))
      .catch((failure) => {
        store.opened = undefined; // the next use tries again
        throw failure;
      });
    return store.opened;
  };

  const start = (box) => {
    if (box.plIsStarted) return;
    box.plIsStarted = true;
    const [field, input, panel, facets, list, more, status] = ["field", "input", "panel", "facets", "list", "more", "status"].map((part) =>
      box.querySelector(`.pl-search__${part}`),
    );
    const given = box.dataset.base ?? "";
    const base = new URL(given.replace(/[^/]$/, "$&/"), document.baseURI);
    let options = [];
    let active = -1;
    let asked = 0;
    let wanted = { most: FIRST };
    let isDrawing = false; // what is drawn anew loses the focus for a moment

    const choose = (number) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = number;
      input.setAttribute("aria-activedescendant", options[active]?.id ?? "");
      options[active]?.setAttribute("aria-selected", "true");
      options[active]?.scrollIntoView({ block: "nearest" });
    };
    const toggle = (isOpen) => {
      choose(-1);
      panel.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    };
    const change = (other) => {
      wanted = { ...wanted, ...other };
      search();
    };
    const show = (found, query) => {
      choose(-1);
      isDrawing = true;
      list.replaceChildren(...store.drawResults(found, list.id, base));
      options = [...list.querySelectorAll("a")];
      store.drawFacets(facets, found, wanted, change);
      more.hidden = found.total <= wanted.most;
      isDrawing = false;
      box.dataset.shown = query;
      status.textContent = query ? store.told(found, query, options.length) : "";
      toggle(options.length > 0 || Boolean(wanted.kind ?? wanted.trust));
    };
    const search = async () => {
      const query = input.value.trim();
      const number = ++asked;
      try {
        const index = await open(base);
        const found = await store.find(index, input.value, wanted);
        if (number === asked) show(found, query);
      } catch {
        if (number === asked) status.textContent = "The search index did not load. Type again to retry.";
      }
    };
    const renew = () => {
      wanted = { ...wanted, most: FIRST };
      if (!input.value.trim()) wanted = { most: FIRST };
      search();
    };
    const keys = {
      ArrowDown: () => (panel.hidden ? search() : choose((active + 1) % options.length)),
      ArrowUp: () => panel.hidden || choose((active > 0 ? active : options.length) - 1),
      Enter: () => (panel.hidden ? search() : options[Math.max(active, 0)]?.click()),
      Escape: () => {
        if (panel.hidden) input.value = status.textContent = "";
        wanted = { most: FIRST };
        toggle(false);
      },
    };

    input.addEventListener("keydown", (event) => {
      if (!Object.hasOwn(keys, event.key) || event.isComposing) return;
      event.preventDefault();
      keys[event.key]();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.focus();
      toggle(false);
    });
    more.addEventListener("click", () => change({ most: wanted.most + MORE }));
    input.addEventListener("input", renew);
    input.addEventListener("focus", () => panel.hidden && search());
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    box.addEventListener("focusout", (event) => isDrawing || box.contains(event.relatedTarget) || toggle(false));
    field.hidden = false;
    box.classList.add("pl-search--started");
  };

  const typed = "input:not([type=radio], [type=checkbox]), textarea, select";
  const isTyping = (element) => element.isContentEditable || element.matches(typed);
  document.addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey;
    const isSlash = event.key === "/" && !hasModifier && !event.altKey && !isTyping(event.target);
    if (!isSlash && !(hasModifier && event.key.toLowerCase() === "k")) return;
    const input = [...document.querySelectorAll(".pl-search__input")].findLast((one) => one.checkVisibility());
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  const startAll = () => document.querySelectorAll(".pl-search").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
  // The theme swaps pages without loading them where it can, and tells so through `document$`.
  globalThis.document$?.subscribe(startAll);
})();
