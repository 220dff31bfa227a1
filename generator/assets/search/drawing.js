// Results and facets as elements. Text only becomes text: nothing here is parsed as HTML.
(() => {
  "use strict";
  const NEAREST = "Nothing has all these words. Nearest:";
  const WORDS = { kind: "kind", trust: "status" };

  const element = (name, className, text, ...children) => {
    const made = Object.assign(document.createElement(name), { className, textContent: text });
    made.append(...children);
    return made;
  };
  // A folder opened from disk has no server that finds its index page.
  const address = (path) => (location.protocol === "file:" ? path.replace(/(^|\/)(?=#|$)/, "$1index.html") : path);

  const option = (result, id, base) => {
    const link = element("a", "pl-search__option", "", element("span", "pl-search__kind", result.kind), " ");
    Object.assign(link, { id, href: new URL(address(result.path), base), role: "option", tabIndex: -1, ariaSelected: "false" });
    link.append(element("span", "pl-search__title", result.title));
    if (result.name !== result.title) link.append(" ", element("code", "pl-search__name", result.name));
    if (result.place) link.append(" in ", element("span", "pl-search__place", result.place));
    if (result.trust) link.append(" ", element("span", "pl-search__trust", result.trust));
    const more = result.more ? `The name stands in ${result.more} more ${result.more > 1 ? "tables" : "table"}: add a word of one.` : "";
    for (const line of [result.instead && `Instead of ${result.instead}`, result.summary, more])
      if (line) link.append(" ", element("span", "pl-search__summary", line));
    return link;
  };

  const drawResults = ({ results, isNear }, id, base) => {
    const note = Object.assign(element("div", "pl-search__note", NEAREST), { role: "presentation" });
    return [...(isNear && results.length ? [note] : []), ...results.map((result, at) => option(result, `${id}-${at}`, base))];
  };

  const told = ({ results, total, isNear }, query) => {
    if (!results.length) return `Nothing found for “${query}”`;
    if (isNear) return NEAREST;
    const count = Math.max(total, results.length);
    return results.length < count ? `First of ${count} results` : count === 1 ? "1 result" : `${count} results`;
  };

  const chip = (text, isPressed, press) => {
    const button = Object.assign(element("button", "pl-search__chip", text), { type: "button", onclick: press });
    button.setAttribute("aria-pressed", String(isPressed));
    return button;
  };

  // Toggles by kind and by status; the one that had the focus keeps it when they are drawn anew.
  const drawFacets = (bar, found, wanted, change) => {
    const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const groups = Object.entries({ kind: found.kinds, trust: found.trusts }).map(([facet, counts]) => {
      const group = Object.assign(element("span", "pl-search__facet", ""), { role: "group", ariaLabel: `By ${WORDS[facet]}` });
      if (wanted[facet] && !counts.some(([value]) => value === wanted[facet])) counts.push([wanted[facet], 0]);
      for (const [value, count] of counts) {
        const isPressed = wanted[facet] === value;
        const button = chip(`${value} ${count}`, isPressed, () => change({ [facet]: isPressed ? undefined : value }));
        button.dataset.key = `${facet} ${value}`;
        group.append(button);
      }
      return group;
    });
    bar.replaceChildren(...groups.filter((group) => group.childElementCount));
    if (focused) [...bar.querySelectorAll("button")].find(({ dataset }) => dataset.key === focused)?.focus();
  };

  Object.assign(globalThis.plumblineSearch, { drawResults, drawFacets, told });
})();
