// The search box: a combobox over the results. No dependency, no fetch, no innerHTML, so that it works from a
// folder and under a strict Content-Security-Policy. Ranking and index come as scripts when a box is first used.
(() => {
  "use strict";
  const SHOWN = 20;
  const NEAREST = "Nothing has all these words. Nearest:";
  const here = document.currentScript.src;
  const store = (globalThis.plumblineSearch ??= {});

  const load = (url) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: url, onload: done, onerror: failed });
      document.head.append(script);
    });

  const loadIndex = async (base) => {
    await Promise.all([load(new URL("search/ranking.js", here)), load(new URL("search/things.js", base))]);
    store.index = store.build(store.things);
  };
  const loadMentions = async (base) => {
    await load(new URL("search/mentions.js", base));
    store.addMentions(store.index, store.mentions);
  };
  // Each is loaded once; after a failure the next use tries again.
  const once = (name, start) =>
    (store[name] ??= start().catch((failure) => {
      store[name] = undefined;
      throw failure;
    }));

  const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

  const option = (thing, id, base) => {
    // A folder opened from disk has no server that finds its index page.
    const path = location.protocol === "file:" ? thing.path.replace(/(^|\/)(?=#|$)/, "$1index.html") : thing.path;
    const link = element("a", "pl-search__option", "");
    Object.assign(link, { id, href: new URL(path, base), role: "option", tabIndex: -1, ariaSelected: "false" });
    link.append(element("span", "pl-search__title", thing.title));
    if (thing.name !== thing.title) link.append(" ", element("code", "pl-search__name", thing.name));
    if (thing.trust) link.append(" ", element("span", "pl-search__trust", thing.trust));
    for (const line of [thing.summary, thing.reason && `Contains ${thing.reason}`])
      if (line) link.append(" ", element("span", "pl-search__summary", line));
    return link;
  };

  const group = (kind) => {
    const made = element("div", "pl-search__group", "");
    const head = element("div", "pl-search__kind", kind);
    Object.assign(made, { role: "group", ariaLabel: kind });
    Object.assign(head, { role: "presentation" });
    made.append(head);
    return made;
  };

  const results = (found, id, base) => {
    const note = element("div", "pl-search__note", NEAREST);
    note.role = "presentation";
    const groups = new Map(found[0]?.isNear ? [["", note]] : []);
    found.forEach((thing, number) => {
      if (!groups.has(thing.kind)) groups.set(thing.kind, group(thing.kind));
      groups.get(thing.kind).append(option(thing, `${id}-${number}`, base));
    });
    return [...groups.values()];
  };

  const told = (found, query) => {
    const count = found.length;
    if (!count) return `Nothing found for “${query}”`;
    if (found[0].isNear) return NEAREST;
    return count > SHOWN ? `${SHOWN} of ${count} results` : count === 1 ? "1 result" : `${count} results`;
  };

  const start = (box) => {
    if (box.plIsStarted) return;
    box.plIsStarted = true;
    const [field, input, panel, list, status] = ["field", "input", "panel", "list", "status"].map((part) =>
      box.querySelector(`.pl-search__${part}`),
    );
    const given = box.dataset.base ?? "";
    const base = new URL(given.replace(/[^/]$/, "$&/"), document.baseURI);
    let options = [];
    let active = -1;

    const choose = (number) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = number;
      input.setAttribute("aria-activedescendant", options[active]?.id ?? "");
      options[active]?.setAttribute("aria-selected", "true");
      options[active]?.scrollIntoView({ block: "nearest" });
    };
    const open = (isOpen) => {
      choose(-1);
      panel.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    };
    const show = (found, query) => {
      open(false);
      list.replaceChildren(...results(found.slice(0, SHOWN), list.id, base));
      options = [...list.querySelectorAll("a")];
      status.textContent = query ? told(found, query) : "";
      open(options.length > 0);
    };
    const search = async () => {
      try {
        await once("ready", () => loadIndex(base));
        show(store.find(store.index, input.value), input.value.trim());
      } catch {
        status.textContent = "The search index did not load. Type again to retry.";
      }
    };
    const keys = {
      ArrowDown: () => (panel.hidden ? search() : choose((active + 1) % options.length)),
      ArrowUp: () => panel.hidden || choose((active > 0 ? active : options.length) - 1),
      Enter: () => (panel.hidden ? search() : options[Math.max(active, 0)].click()),
      Escape: () => {
        if (panel.hidden) input.value = status.textContent = "";
        open(false);
      },
    };

    input.addEventListener("keydown", (event) => {
      if (!Object.hasOwn(keys, event.key) || event.isComposing) return;
      event.preventDefault();
      keys[event.key]();
    });
    input.addEventListener("input", search);
    input.addEventListener("focus", async () => {
      await search();
      if (!store.index) return;
      await once("whole", () => loadMentions(base)).catch(() => {});
      if (input.value && active < 0 && document.activeElement === input) search();
    });
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || open(false));
    field.hidden = false;
    box.classList.add("pl-search--started");
  };

  const isTyping = ({ isContentEditable, tagName }) => isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName);
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
