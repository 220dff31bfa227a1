// Narrows a list of the page by words and by facets. The whole list is in the HTML; its state is in the address.
(() => {
  "use strict";
  const SHOWN_OPTIONS = 8;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const made = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const readRow = (element) => ({
    element,
    words: folded(element.dataset.plRow),
    facets: JSON.parse(element.dataset.plFacets || "[]"),
  });

  // Facet → option → rows, in the order in which they first occur; a facet with one option tells nothing.
  const collectFacets = (rows) => {
    const facets = new Map();
    for (const row of rows) {
      for (const [facet, option] of row.facets) {
        if (!facets.has(facet)) facets.set(facet, new Set());
        facets.get(facet).add(option);
      }
    }
    return new Map([...facets].filter(([, options]) => options.size > 1));
  };

  // `#q=words&Topic=Quality`; an address that leads to a place of the page is left alone.
  const readAddress = (facets) => {
    const hash = location.hash.slice(1);
    const state = { query: "", chosen: new Map([...facets.keys()].map((facet) => [facet, new Set()])) };
    if (!hash.includes("=") || document.getElementById(hash)) return state;
    for (const [key, value] of new URLSearchParams(hash)) {
      if (key === "q") state.query = value;
      else if (facets.get(key)?.has(value)) state.chosen.get(key).add(value);
    }
    return state;
  };

  const writeAddress = (state) => {
    const parameters = new URLSearchParams();
    if (state.query) parameters.append("q", state.query);
    for (const [facet, options] of state.chosen) for (const option of options) parameters.append(facet, option);
    const hash = parameters.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const fits = (row, words, chosen, exceptFacet) =>
    words.every((word) => row.words.includes(word)) &&
    [...chosen].every(([facet, options]) =>
      facet === exceptFacet || !options.size || row.facets.some(([name, option]) => name === facet && options.has(option)));

  // Layers as the numbers flow through them, all else by the alphabet.
  const inOrder = (options, order = []) =>
    [...options].sort((one, other) => order.indexOf(one) - order.indexOf(other) || (one < other ? -1 : 1));

  const buildFacet = (facet, options, state, changed) => {
    const group = made("fieldset", { class: "pl-facet" }, made("legend", {}, facet));
    const rest = made("details", { class: "pl-fold pl-fold--small" }, made("summary", {}, `${options.length - SHOWN_OPTIONS} more`));
    const counters = new Map();
    options.forEach((option, index) => {
      const box = made("input", { type: "checkbox" });
      box.checked = state.chosen.get(facet).has(option);
      const counter = made("span");
      box.addEventListener("change", () => {
        state.chosen.get(facet)[box.checked ? "add" : "delete"](option);
        changed();
      });
      counters.set(option, { box, counter });
      (index < SHOWN_OPTIONS ? group : rest).append(made("label", {}, box, made("span", {}, option), counter));
    });
    if (options.length > SHOWN_OPTIONS) group.append(rest);
    return { group, counters };
  };

  const start = (page) => {
    const list = page.querySelector(".pl-browse__list") || page.querySelector("[data-pl-group]");
    const rows = [...page.querySelectorAll("[data-pl-row]")].map(readRow);
    if (!list || rows.length < 2 || page.querySelector(".pl-filter")) return;
    const facets = collectFacets(rows);
    const state = readAddress(facets);
    const orders = JSON.parse(page.dataset.plOrders || "{}");

    const input = made("input", { class: "pl-filter__input", type: "search", autocomplete: "off", spellcheck: "false" });
    input.placeholder = `Filter ${rows.length} ${page.dataset.plFilter}`;
    input.setAttribute("aria-label", input.placeholder);
    input.value = state.query;
    const told = made("span", { role: "status" });
    const clear = made("button", { class: "pl-filter__clear", type: "button" }, "Clear");
    const filter = made("div", { class: "pl-filter" },
      made("div", { class: "pl-filter__field" }, input), made("p", { class: "pl-filter__status" }, told, clear));
    const built = new Map([...facets].map(([facet, options]) => [facet, buildFacet(facet, inOrder(options, orders[facet]), state, () => show())]));
    const side = made("details", { class: "pl-fold pl-facets" }, made("summary", {}, "Narrow down"));
    for (const { group } of built.values()) side.append(group);

    const count = (words) => {
      for (const [facet, { counters }] of built) {
        for (const [option, { box, counter }] of counters) {
          const number = rows.filter((row) =>
            fits(row, words, state.chosen, facet) && row.facets.some(([name, own]) => name === facet && own === option)).length;
          counter.textContent = number;
          box.parentElement.toggleAttribute("data-empty", !number);
        }
      }
    };
    const show = () => {
      const words = folded(state.query).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.element.hidden = !fits(row, words, state.chosen);
        shown += !row.element.hidden;
      }
      for (const group of page.querySelectorAll("[data-pl-group]")) {
        group.hidden = !group.querySelector("[data-pl-row]:not([hidden])");
      }
      const isNarrowed = shown < rows.length || words.length > 0;
      told.textContent = !shown ? "Nothing fits. Try fewer words." : isNarrowed ? `${shown} of ${rows.length}` : "";
      clear.hidden = !isNarrowed;
      count(words);
      writeAddress(state);
    };
    const reset = () => {
      state.query = input.value = "";
      for (const options of state.chosen.values()) options.clear();
      for (const { counters } of built.values()) for (const { box } of counters.values()) box.checked = false;
      show();
    };

    input.addEventListener("input", () => { state.query = input.value.trim(); show(); });
    input.addEventListener("keydown", (event) => { if (event.key === "Escape" && input.value) reset(); });
    clear.addEventListener("click", () => { reset(); input.focus(); });
    page.querySelector(".pl-head").append(filter);
    if (built.size) {
      const isWide = matchMedia("(min-width: 60em)");
      const unfold = () => { side.open = isWide.matches; };
      isWide.addEventListener("change", unfold);
      unfold();
      page.classList.add("pl-browse--ready");
      list.before(side);
    }
    if (state.query || [...state.chosen.values()].some((options) => options.size)) show();
    else { clear.hidden = true; count([]); }
  };

  const startAll = () => document.querySelectorAll("[data-pl-filter]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
