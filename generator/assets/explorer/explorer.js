// The lineage explorer: the address says what is shown, and every action changes the address.
(() => {
  "use strict";
  const { things, byKey, load, trace, around, allOn, seen, draw, asSvg, asPng, element } = plumblineLineage;
  const root = document.querySelector(".pl-explorer");
  const part = (name) => root.querySelector(`[data-pl="${name}"]`);
  const svg = part("drawing"), stage = svg.parentElement;
  const MOST_DRAWN = 300, MOST_ROWS = 40, MOST_TOLD = 200, MOST_FOUND = 12, READABLE = 0.7, EDGE = 24, CONTROLS = 36;
  const FILTERS = { kind: "kindWord", layer: "layerWord", owner: "owner" };
  const OTHER = { up: "down", down: "up" };

  const make = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const say = (words) => (part("said").textContent = words);
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const codePoints = (one, other) => (one < other ? -1 : +(one > other));

  // ---- The address ----

  const thingOf = (name) => byKey.get(name) ?? byKey.get(`table:${name}`);
  const nameOf = ({ key, name }) => (key === `table:${name}` && thingOf(name).key === key ? name : key);
  const columnOf = (name) => {
    for (let end = name?.length ?? 0; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const thing = thingOf(name.slice(0, end));
      if (thing) return { thing, column: name.slice(end + 1) };
    }
  };
  const written = ({ thing, column }) => nameOf(thing) + (column && `.${column}`);
  const steps = (words, otherwise) => Math.max(0, Math.min(99, parseInt(words ?? otherwise, 10) || 0));

  const read = () => {
    const query = new URLSearchParams(location.hash.slice(1));
    const traced = columnOf(query.get("c")), named = thingOf(query.get("n")) ?? traced?.thing;
    return {
      focus: named ?? thingOf(root.dataset.start), missed: named ? null : query.get("n") ?? query.get("c"),
      up: steps(query.get("up"), 2), down: steps(query.get("dn"), 2),
      traced, isIndirectShown: query.get("ind") !== "0", isIndirectFollowed: query.get("ind") === "2",
      open: new Set(query.getAll("o").map(thingOf).filter(Boolean)),
      turned: new Map([...query.getAll("x").map((turn) => [turn, true]), ...query.getAll("h").map((turn) => [turn, false])]),
      filters: Object.fromEntries(Object.keys(FILTERS).map((name) => [name, query.get(name) ?? ""])),
    };
  };
  const go = (changes) => {
    const next = { ...state, ...changes }, query = new URLSearchParams({ n: nameOf(next.focus), up: next.up, dn: next.down });
    if (next.traced) query.set("c", written(next.traced));
    if (!next.isIndirectShown || next.isIndirectFollowed) query.set("ind", next.isIndirectShown ? 2 : 0);
    for (const thing of next.open) query.append("o", nameOf(thing));
    for (const [turn, isOpen] of next.turned) query.append(isOpen ? "x" : "h", turn);
    for (const [name, value] of Object.entries(next.filters)) if (value) query.set(name, value);
    location.hash = query.toString().replaceAll("%3A", ":");
  };

  // ---- What is shown ----

  let state, scene = { boxes: [], lines: [] }, drawing, selected, turn = 0, impact = [], current = "", pictured = "";
  const view = { x: 0, y: 0, scale: 1 }, paper = matchMedia("print"), wide = matchMedia("(min-width: 60.01em)");

  const isWanted = (thing) => Object.entries(FILTERS).every(([name, field]) => !state.filters[name] || thing[field] === state.filters[name]);
  const rowOf = ({ name, type, state: why, isUnsettled }, thing, marks = []) => ({
    id: `${thing.key}\n${name}`, words: name, marks: [...marks, ...(isUnsettled ? ["unknown"] : [])],
    told: [name, type, why].filter(Boolean).join(", "),
  });
  const turnsOf = (thing, shown) =>
    ["up", "down"].flatMap((side) => {
      const others = seen(thing, side, state.isIndirectShown), hidden = others.filter((other) => !shown.has(other)).length;
      const turned = `${side} ${thing.key}`, words = `${hidden} more ${side}stream of ${thing.title}`;
      if (hidden) return [{ turn: turned, sign: `+${hidden}`, words: `Show ${words}` }];
      const isNearer = shown.get(thing) && others.includes(shown.get(thing));
      return others.length && !isNearer ? [{ turn: turned, sign: "−", words: `Hide what is ${side}stream of ${thing.title}` }] : [];
    });
  const boxOf = (thing, rows, extra) => ({
    id: thing.key, thing, label: thing.title, layer: thing.layer, rows, badges: [],
    kind: [thing.kindWords, thing.owner].filter(Boolean).join(" · "), ...extra,
    told: [thing.title, thing.kindWords, thing.owner, thing.gaps && "lineage not fully known"].filter(Boolean).join(", "),
    marks: [...(thing === state.focus ? ["focus"] : []), ...(thing === selected ? ["selected"] : []), ...(thing.gaps ? ["unknown"] : []), ...(isWanted(thing) ? [] : ["way"])],
  });

  // Around a thing, with the filters: what is wanted, and what lies on the way to it.
  const sceneAround = async () => {
    const all = around(state.focus, state, state.turned, state.isIndirectShown), shown = new Map([[state.focus, null]]);
    for (const thing of all.keys())
      if (isWanted(thing)) for (let each = thing; each && !shown.has(each); each = all.get(each)) shown.set(each, all.get(each));
    if (shown.size > MOST_DRAWN) return { boxes: [...shown.keys()].map((thing) => boxOf(thing, [])), lines: [] };
    await Promise.all([...state.open].filter((thing) => shown.has(thing)).map(load));
    const boxes = [...shown.keys()].map((thing) => {
      const columns = (state.open.has(thing) && thing.inside.columns) || [], rows = columns.slice(0, MOST_ROWS).map((column) => rowOf(column, thing));
      if (columns.length > MOST_ROWS) rows.push({ words: `… ${columns.length - MOST_ROWS} more`, marks: [] });
      const aside = `${thing.gaps ? "? " : ""}${thing.columns ? `${thing.columns} cols` : ""}`;
      return boxOf(thing, rows, { aside, badges: turnsOf(thing, shown) });
    });
    const lines = [...shown.keys()].flatMap((target) =>
      target.up.filter(({ to, isIndirect }) => shown.has(to) && (state.isIndirectShown || !isIndirect)).map(({ to, isIndirect }) => ({
        source: to.key, target: target.key, isIndirect, marks: [to, target].includes(selected) ? ["near"] : [],
        told: `${to.title} → ${target.title}${isIndirect ? ": only decides which rows arrive" : ""}`,
      })));
    return { boxes, lines };
  };

  // Only what a column is made of and feeds; each table with only the columns on the way.
  const sceneOfTrace = async () => {
    const { nodes, edges } = await trace(state.traced, state), columns = new Map();
    for (const { thing, column } of nodes) columns.set(thing, (columns.get(thing) ?? new Set()).add(column));
    for (const { target } of edges) if (!columns.has(target.thing)) columns.set(target.thing, new Set());
    await Promise.all([...columns.keys()].map(load));
    const boxes = [...columns].map(([thing, names]) => {
      const known = new Map(thing.inside.columns.map((column) => [column.name, column]));
      const rows = [...names].filter(Boolean).sort(codePoints).map((name) =>
        rowOf(known.get(name) ?? { name }, thing, thing === state.traced.thing && name === state.traced.column ? ["traced"] : []));
      return boxOf(thing, rows, { aside: thing.columns ? `${rows.length} of ${known.size} cols` : "" });
    });
    const lines = edges.map((edge) => ({
      source: edge.source.thing.key, target: edge.target.thing.key, marks: [], isIndirect: edge.isIndirect, glyph: edge.glyph,
      from: `${edge.source.thing.key}\n${edge.source.column}`, to: `${edge.target.thing.key}\n${edge.target.column}`,
      told: `${written(edge.source)} → ${written(edge.target)}: ${edge.words}: ${edge.expression}`,
    }));
    return { boxes, lines, nodes, edges };
  };

  // ---- Pan and zoom ----

  const size = () => ({ w: stage.clientWidth, h: stage.clientHeight });
  const look = () => {
    const { w, h } = size(), whole = [-EDGE, -EDGE, drawing?.width + 2 * EDGE, drawing?.height + 2 * EDGE];
    svg.setAttribute("viewBox", (drawing && paper.matches ? whole : [view.x, view.y, w / view.scale, h / view.scale]).join(" "));
    const small = part("map"), isWhole = !drawing || (view.x <= 0 && view.y <= 0 && drawing.width <= view.x + w / view.scale && drawing.height <= view.y + h / view.scale);
    small.toggleAttribute("hidden", isWhole);
    if (isWhole) return;
    small.setAttribute("viewBox", `-20 -20 ${drawing.width + 40} ${drawing.height + 40}`);
    const rect = ({ x, y, width, height }, name) => element("rect", { x, y, width, height, class: name });
    small.replaceChildren(...[...drawing.places.values()].map((place) => rect(place, place.id === state.focus.key ? "pl-explorer__here" : "")),
      rect({ x: view.x, y: view.y, width: w / view.scale, height: h / view.scale }, "pl-explorer__window"));
  };
  const zoom = (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    const scale = Math.max(0.1, Math.min(3, view.scale * factor));
    Object.assign(view, { x: view.x + x / view.scale - x / scale, y: view.y + y / view.scale - y / scale, scale });
    look();
  };
  const centre = (x, y) => {
    const { w, h } = size();
    Object.assign(view, { x: x - w / view.scale / 2, y: y - h / view.scale / 2 });
  };
  // The whole, if it can be read so; else the thing in question in the middle.
  const fit = (isForced) => {
    const { w, h } = size(), scale = Math.min(1, (w - 2 * EDGE) / drawing.width, (h - CONTROLS - 2 * EDGE) / drawing.height);
    view.scale = isForced === true ? scale : Math.max(READABLE, scale);
    const place = drawing.places.get((state.traced?.thing ?? state.focus).key);
    const along = (total, room, middle) => (total * view.scale <= room - EDGE ? total / 2 : middle);
    centre(along(drawing.width, w, place.x + place.width / 2), along(drawing.height, h, place.y + place.height / 2));
    look();
  };
  // Moves as little as it can until the boxes are seen.
  const reveal = (seen) => {
    const { w, h } = size();
    for (const [axis, length, room] of [["x", "width", w], ["y", "height", h]]) {
      const first = Math.min(...seen.map((box) => box[axis])), last = Math.max(...seen.map((box) => box[axis] + box[length]));
      view[axis] = Math.max(last + EDGE - room / view.scale, Math.min(view[axis], first - EDGE));
    }
    look();
  };

  // ---- Panel ----

  const linked = (thing) => (thing.href ? make("a", { href: thing.href, textContent: thing.title }) : make("span", { textContent: thing.title }));
  const paragraph = (className, ...children) => make("p", { className }, ...children);
  const action = (words, onclick, className = "pl-explorer__button") => make("button", { type: "button", textContent: words, onclick, className });
  const placed = ({ at, address }) => (address ? make("a", { href: address }, make("code", { textContent: at })) : make("code", { textContent: at }));
  const tracer = (end) => action(written(end), () => go({ traced: end }), "pl-explorer__end");
  const gapsOf = (thing, column) =>
    thing.inside.gaps.filter((gap) => !column || !gap.column || gap.column === column).map((gap) =>
      paragraph("pl-explorer__unknown", `Lineage not known: ${gap.words} `, placed(gap)));

  const panelOfThing = (thing) => {
    const shown = new Map(scene.boxes.map((box) => [box.thing, null]));
    const fact = (term, ...told) => [make("dt", { textContent: term }), make("dd", {}, ...told)];
    const hops = (side) => `${seen(thing, side, state.isIndirectShown).length} next to it, ${allOn(thing, side, state.isIndirectShown).size} in all`;
    const turns = turnsOf(thing, shown).filter(({ sign }) => sign !== "−");
    return [
      ...(state.missed ? [paragraph("pl-explorer__unknown", `Nothing here is called “${state.missed}”. This is another place to start.`)] : []),
      paragraph("pl-eyebrow", thing.kindWords),
      make("h2", { className: "pl-explorer__name" }, linked(thing)),
      ...(thing.label === thing.title ? [] : [paragraph("pl-quiet", thing.label)]),
      paragraph("", thing.inside.summary),
      make("dl", { className: "pl-explorer__facts" }, ...fact("Owner", thing.owner || "Nobody"), ...fact("Upstream", hops("up")), ...fact("Downstream", hops("down"))),
      ...gapsOf(thing),
      make("div", { className: "pl-explorer__actions" },
        ...(thing === state.focus ? [] : [action("Start from here", () => go({ focus: thing, turned: new Map() }))]),
        ...turns.map(({ turn: turned, words }) => action(words, () => go({ turned: new Map([...state.turned, [turned, true]]) }))),
        ...(thing.columns ? [action(state.open.has(thing) ? "Fold columns" : "Show columns", () => toggle(thing))] : [action("Trace it", () => go({ traced: { thing, column: "" } }))])),
      ...(thing.inside.columns.length ? [make("h3", { textContent: "Trace a column" })] : []),
      make("ul", { className: "pl-explorer__columns" }, ...thing.inside.columns.map((column) =>
        make("li", {}, tracerOf(thing, column)))),
    ];
  };
  const tracerOf = (thing, { name, type, state: why, isUnsettled }) =>
    make("button", { type: "button", className: "pl-explorer__pick", onclick: () => go({ traced: { thing, column: name } }) },
      make("code", { textContent: name }), make("span", { className: isUnsettled ? "pl-explorer__unknown" : "pl-quiet", textContent: why || type }));

  const hopsOf = (edges) => {
    const groups = new Map();
    for (const edge of edges) {
      const id = [written(edge.target), edge.words, edge.expression, edge.at].join("\n");
      groups.set(id, [...(groups.get(id) ?? []), edge]);
    }
    const told = [...groups.values()].slice(0, MOST_TOLD).map((group) => {
      const [{ target, glyph, words, isIndirect, expression, isAmbiguous, isMasked, ...where }] = group;
      return make("li", { className: `pl-explorer__hop${isIndirect ? " pl-explorer__hop--indirect" : ""}` },
        paragraph("", make("span", { className: "pl-explorer__sign", textContent: glyph, ariaHidden: true }), " ",
          make("code", { textContent: target.column || (target.thing.columns ? "its rows" : target.thing.title) }), " ", make("span", { className: "pl-quiet", textContent: target.thing.columns ? target.thing.title : "" })),
        paragraph("pl-quiet", `${words}${isIndirect ? " (indirect)" : ""}${isMasked ? ", made unreadable" : ""}${isAmbiguous ? ", or another of this name" : ""} · from `, ...group.map(({ source }) => tracer(source))),
        make("pre", { tabIndex: 0 }, make("code", { textContent: expression })), paragraph("pl-quiet", placed(where)));
    });
    return make("ol", { className: "pl-explorer__hops" }, ...told, ...(groups.size > told.length ? [make("li", { textContent: `and ${groups.size - told.length} more` })] : []));
  };
  const panelOfTrace = () => {
    const { thing, column } = state.traced, known = thing.inside.columns.find(({ name }) => name === column);
    const side = (name, head, none) => {
      const edges = scene.edges.filter((edge) => edge.side === name);
      return [make("h3", { textContent: head }), edges.length ? hopsOf(edges) : paragraph(known?.isUnsettled && name === "up" ? "pl-explorer__unknown" : "pl-quiet", none)];
    };
    const reached = (name) => count(scene.nodes.filter((node) => node.side === name).length, "column");
    const follow = make("input", { type: "checkbox", checked: state.isIndirectFollowed, disabled: !state.isIndirectShown, onchange: () => go({ isIndirectFollowed: follow.checked }) });
    const hidden = state.isIndirectShown ? "" : " Indirect ones are hidden.";
    return [
      paragraph("pl-eyebrow", column ? "Column trace" : "Trace"),
      action("✕ Clear", () => go({ traced: undefined }), "pl-explorer__button pl-explorer__clear"),
      make("h2", { className: "pl-explorer__name", textContent: column || thing.title }),
      ...(column ? [paragraph("pl-quiet", "in ", linked(thing))] : []),
      paragraph("", `${reached("up")} upstream, ${reached("down")} downstream.${hidden}`),
      ...gapsOf(thing, column),
      make("label", { className: "pl-explorer__follow" }, follow, " Follow indirect ones further"),
      ...side("up", "How it is made", `${known?.state ? `No source column: ${known.state}.` : "No source column is known."}${hidden}`),
      ...side("down", "What it feeds", `Nothing that the catalog knows reads it.${hidden}`),
    ];
  };

  // ---- Below the drawing ----

  const impactOf = () => {
    const rows = state.traced
      ? scene.nodes.filter(({ side }) => side === "down").map((node) => ({ ...node, how: node.isIndirect ? "rows only" : "" }))
      : [...allOn(state.focus, "down", state.isIndirectShown)].map(([thing, hops]) => ({ thing, column: "", hops, how: "" }));
    const isTable = ({ thing }) => +(thing.kindWord === "Table");
    return rows.filter(({ thing }) => isWanted(thing)).sort((one, other) =>
      isTable(one) - isTable(other) || one.hops - other.hops || codePoints(one.thing.title + one.column, other.thing.title + other.column));
  };
  const showImpact = () => {
    impact = impactOf();
    const objects = new Set(impact.map(({ thing }) => thing)).size, teams = new Set(impact.map(({ thing }) => thing.owner).filter(Boolean)).size;
    part("impact-head").textContent = `Impact of a change: ${count(objects, "object")}, ${count(teams, "team")}`;
    part("impact-of").textContent = `Everything that a change of ${state.traced ? written(state.traced) : state.focus.title} can reach, metrics and reports first.`;
    part("impact").replaceChildren(...impact.slice(0, MOST_TOLD).map(({ thing, column, hops, how, isIndirect }) =>
      make("tr", {}, make("th", { scope: "row" }, linked(thing)), ...[column || how, `${thing.kindWords}${isIndirect ? ", indirect" : ""}`, hops, thing.owner].map((words) => make("td", { textContent: words || "–" })))));
    part("impact-more").textContent = impact.length > MOST_TOLD ? `and ${impact.length - MOST_TOLD} more, in the CSV file` : "";
  };
  const asCsv = () => {
    const cell = (words) => `"${String(words).replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
    const lines = impact.map(({ thing, column, hops }) => [thing.name, column, thing.kindWords, hops, thing.owner]);
    return new Blob([[["object", "column", "kind", "hops", "owner"], ...lines].map((line) => line.map(cell).join(",")).join("\r\n")], { type: "text/csv" });
  };

  // The drawing as nested lists; what has been told is not told again.
  const showList = () => {
    const boxes = new Map(scene.boxes.map((box) => [box.id, box])), start = (state.traced?.thing ?? state.focus).key, told = new Set([start]);
    const item = ({ thing, kind, rows }) => [linked(thing), make("span", { className: "pl-lineage-list__kind", textContent: ` ${kind}${thing.gaps ? ", lineage not fully known" : ""}${rows.length ? `: ${rows.map(({ words }) => words).join(", ")}` : ""}` })];
    const branch = (id, from, to) => {
      const items = [...new Set(scene.lines.filter((line) => line[from] === id && line[to] !== id).map((line) => line[to]))].map((other) => {
        const isTold = told.has(other);
        told.add(other);
        return make("li", {}, ...item(boxes.get(other)), ...(isTold ? [" (shown above)"] : branch(other, from, to)));
      });
      return items.length ? [make("ul", {}, ...items)] : [];
    };
    const sections = [["Made from", branch(start, "target", "source")], ["Used by", branch(start, "source", "target")]];
    const rest = scene.boxes.filter(({ id }) => !told.has(id)).map((box) => make("li", {}, ...item(box)));
    if (rest.length) sections.push(["Also shown", [make("ul", {}, ...rest)]]);
    part("list").replaceChildren(...sections.filter(([, list]) => list.length).flatMap(([head, list]) => [paragraph("pl-lineage-list__head", head), ...list]));
  };

  const showControls = () => {
    for (const side of ["up", "down"]) part(side).textContent = state[side];
    part("indirect").checked = state.isIndirectShown;
    for (const name of Object.keys(FILTERS)) part(name).value = state.filters[name];
    for (const each of root.querySelectorAll("[data-do]")) each.disabled = !drawing && /svg|png|closer|wider|fit/.test(each.dataset.do);
    for (const each of root.querySelectorAll("[data-step]")) each.disabled = Boolean(state.traced) || (each.dataset.by < 0 && !state[each.dataset.step]);
  };

  // ---- Everything anew ----

  const showPanel = async () => {
    const thing = selected;
    if (!state.traced) await load(thing);
    if (thing === selected) part("panel").replaceChildren(...(state.traced ? panelOfTrace() : panelOfThing(thing)));
  };
  const items = () => [...svg.querySelectorAll("[data-item]")];
  const mark = (id) => {
    const all = items(), chosen = all.find(({ dataset }) => dataset.item === id) ?? all.find(({ dataset }) => dataset.item === (state.traced ? `${state.traced.thing.key}\n${state.traced.column}` : state.focus.key)) ?? all[0];
    current = chosen?.dataset.item ?? "";
    for (const each of all) each.setAttribute("tabindex", each === chosen ? 0 : -1);
    return chosen;
  };
  const paint = () => {
    const hadFocus = svg.contains(document.activeElement), anchor = selected?.key ?? state.focus.key, before = drawing?.places.get(anchor);
    const known = new Set(drawing?.places.keys());
    drawing = draw(svg, scene);
    const after = drawing.places.get(anchor), added = [...drawing.places.values()].filter(({ id }) => !known.has(id));
    if (before && after) Object.assign(view, { x: view.x + after.x - before.x, y: view.y + after.y - before.y });
    const chosen = mark(current);
    if (hadFocus) chosen?.focus({ preventScroll: true });
    return added;
  };
  const render = async () => {
    const mine = ++turn, next = read();
    state = next;
    if (!next.focus) return;
    const picture = `${next.focus.key} ${next.traced && written(next.traced)}`, isSame = picture === pictured;
    if (!isSame) selected = next.traced?.thing ?? next.focus;
    let found;
    try {
      found = await (next.traced ? sceneOfTrace() : sceneAround());
    } catch {
      return say("A part of the lineage did not load. Reload the page to try again.");
    }
    if (mine !== turn) return;
    [scene, pictured] = [found, picture];
    const isTooMuch = scene.boxes.length > MOST_DRAWN;
    stage.classList.toggle("pl-explorer__stage--full", isTooMuch);
    part("too-much").hidden = !isTooMuch;
    part("too-much-words").textContent = `${count(scene.boxes.length, "thing")} are too many to draw. Take fewer steps, or filter by kind, layer or owner. The list below has them all.`;
    if (isTooMuch) part("list").closest("details").open = true;
    if (!isSame || isTooMuch) drawing = undefined;
    const wasDrawn = Boolean(drawing);
    if (isTooMuch) svg.replaceChildren();
    else {
      const added = paint();
      if (!wasDrawn) fit();
      else if (added.length) reveal(added);
      else look();
    }
    showControls();
    showImpact();
    showList();
    say(`${count(scene.boxes.length, "thing")} shown around ${state.traced ? written(state.traced) : state.focus.title}.`);
    await showPanel().catch(() => say("The details did not load."));
    root.dataset.shown = turn;
  };

  // ---- Actions ----

  const toggle = (thing) => {
    const open = new Set(state.open);
    open.delete(thing) || open.add(thing);
    go({ open });
  };
  const select = (thing) => {
    selected = thing;
    if (!state.traced) sceneAround().then((found) => { scene = found; paint(); look(); }).then(showPanel);
  };
  const turnTo = (turned, isOpen) => go({ turned: new Map([...state.turned, [turned, isOpen]]) });
  const act = (id) => {
    const [key, column] = id.split("\n"), thing = byKey.get(key);
    if (column) go({ traced: { thing, column } });
    else if (state.traced) go({ traced: undefined, focus: thing });
    else select(thing);
  };
  const save = (blob, ending) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: `lineage-${(state.traced ? written(state.traced) : nameOf(state.focus)).replace(/[^\w.-]+/g, "-")}.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const actions = {
    fit: () => fit(true), closer: () => zoom(1.25), wider: () => zoom(0.8),
    svg: () => save(asSvg(svg, drawing), "svg"), png: async () => save(await asPng(svg, drawing), "png"), csv: () => save(asCsv(), "csv"),
    link: () => navigator.clipboard.writeText(location.href).then(() => say("Link copied."), () => say("The address of this page is the link.")),
    fewer: () => go({ up: Math.max(0, state.up - 1), down: Math.max(0, state.down - 1), turned: new Map() }),
    side: () => { root.classList.toggle("pl-explorer--wide"); fit(); },
  };
  root.addEventListener("click", ({ target }) => {
    const { do: name, step, by } = target.closest("button")?.dataset ?? {};
    if (name) actions[name]();
    if (step) go({ [step]: state[step] + +by, turned: new Map() });
  });
  part("indirect").addEventListener("change", ({ target }) => go({ isIndirectShown: target.checked, isIndirectFollowed: false }));
  for (const [name, field] of Object.entries(FILTERS)) {
    part(name).append(...[...new Set(things.map((thing) => thing[field]))].filter(Boolean).sort(codePoints).map((words) => make("option", { textContent: words })));
    part(name).addEventListener("change", ({ target }) => go({ filters: { ...state.filters, [name]: target.value } }));
  }

  const pointers = new Map();
  let isDragged = false;
  const at = ({ clientX, clientY }) => ({ x: clientX - stage.getBoundingClientRect().left, y: clientY - stage.getBoundingClientRect().top });
  svg.addEventListener("pointerdown", (event) => {
    if (!pointers.size) isDragged = false;
    pointers.set(event.pointerId, at(event));
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId), now = at(event);
    if (!before || (!isDragged && Math.hypot(now.x - before.x, now.y - before.y) < 4)) return;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    isDragged = true;
    pointers.set(event.pointerId, now);
    if (other) return zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y), other.x, other.y);
    Object.assign(view, { x: view.x - (now.x - before.x) / view.scale, y: view.y - (now.y - before.y) / view.scale });
    look();
  });
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, (event) => pointers.delete(event.pointerId));
  svg.addEventListener("click", ({ target }) => {
    if (isDragged) return;
    const turned = target.closest("[data-turn]"), item = target.closest("[data-item]");
    if (turned) return turnTo(turned.dataset.turn, turned.textContent.includes("+"));
    if (item) mark(item.dataset.item).focus({ preventScroll: true });
    if (item) act(item.dataset.item);
  });
  stage.addEventListener("focusin", ({ target }) => target.dataset.item && mark(target.dataset.item));
  svg.addEventListener("dblclick", ({ target }) => {
    const item = target.closest("[data-item]");
    if (item && !state.traced) go({ focus: byKey.get(item.dataset.item.split("\n")[0]), turned: new Map() });
  });
  stage.addEventListener("wheel", (event) => {
    if (!drawing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), at(event).x, at(event).y);
  }, { passive: false });
  const travel = (event) => {
    if (!event.buttons) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(part("map").getScreenCTM().inverse());
    centre(point.x, point.y);
    look();
  };
  for (const name of ["pointerdown", "pointermove"]) part("map").addEventListener(name, travel);

  // ---- Keyboard: arrows follow the lineage ----

  const walk = (key) => {
    const from = items().find(({ dataset }) => dataset.item === current), here = from.getBBox();
    const [ahead, behind] = { ArrowLeft: ["source", "target"], ArrowRight: ["target", "source"] }[key] ?? [];
    const ends = new Set(scene.lines.filter((line) => [line[behind], line[behind === "source" ? "from" : "to"]].includes(current)).flatMap((line) => [line[ahead], line[ahead === "source" ? "from" : "to"]]));
    const found = items().filter((each) => {
      const box = each.getBBox();
      if (ahead) return ends.has(each.dataset.item) && each.dataset.item.includes("\n") === current.includes("\n");
      return each !== from && Math.abs(box.x - here.x) < 20 && (key === "ArrowUp") === box.y < here.y;
    });
    const far = (each) => Math.abs(each.getBBox().y - here.y);
    const next = found.sort((one, other) => far(one) - far(other))[0];
    if (!next) return say("Nothing further this way is shown.");
    mark(next.dataset.item).focus({ preventScroll: true });
    reveal([next.getBBox()]);
  };
  const keys = {
    Enter: () => (current.includes("\n") || state.traced ? act(current) : (selected = byKey.get(current), byKey.get(current).columns ? toggle(selected) : select(selected))),
    " ": () => act(current),
    f: () => go({ focus: byKey.get(current.split("\n")[0]), traced: undefined, turned: new Map() }),
    Escape: () => state.traced && go({ traced: undefined }),
    "+": actions.closer, "-": actions.wider, 0: actions.fit,
    "/": () => part("find").focus(),
  };
  stage.addEventListener("keydown", (event) => {
    const side = { ArrowLeft: "up", ArrowRight: "down" }[event.key];
    const isArrow = /^Arrow/.test(event.key);
    if (!drawing || event.ctrlKey || event.metaKey || event.altKey || !(isArrow || Object.hasOwn(keys, event.key)) || event.target.closest("button")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isArrow) return keys[event.key]();
    if (!event.shiftKey || !side || state.traced) return walk(event.key);
    const turned = `${side} ${current.split("\n")[0]}`, badge = svg.querySelector(`[data-turn="${CSS.escape(turned)}"]`);
    if (badge) turnTo(turned, badge.textContent.includes("+"));
  });

  // ---- Search within: things, and columns of what has loaded ----

  const find = part("find"), offers = part("offers");
  const offered = (query) => {
    const isHit = (words) => words.toLowerCase().includes(query), rank = (words) => +!words.toLowerCase().startsWith(query);
    const wholes = things.filter(({ name, label }) => isHit(name) || isHit(label)).map((thing) => ({ thing, column: "" }));
    const columns = things.flatMap((thing) => (thing.inside?.columns ?? []).filter(({ name }) => isHit(name)).map(({ name }) => ({ thing, column: name })));
    return [...wholes.sort((one, other) => rank(one.thing.name) - rank(other.thing.name)), ...columns].slice(0, MOST_FOUND);
  };
  const choose = (offer) => {
    find.value = "";
    offer?.click();
  };
  const lit = () => offers.querySelector("[aria-selected=true]");
  const light = (offer) => {
    lit()?.setAttribute("aria-selected", "false");
    offer?.setAttribute("aria-selected", "true");
    find.setAttribute("aria-activedescendant", offer?.id ?? "");
  };
  const offer = () => {
    const query = find.value.trim().toLowerCase(), found = query ? offered(query) : [];
    offers.replaceChildren(...found.map(({ thing, column }, number) =>
      make("li", { id: `pl-offer-${number}`, role: "option", ariaSelected: "false", onclick: () => {
        find.value = "";
        offer();
        if (column) go({ traced: { thing, column } });
        else go({ focus: thing, traced: undefined, turned: new Map() });
      } }, make("code", { textContent: column || thing.title }), " ", make("span", { className: "pl-quiet", textContent: column ? thing.title : thing.kindWords }))));
    offers.hidden = !found.length;
    find.setAttribute("aria-expanded", found.length > 0);
    light(offers.firstChild);
    if (query && !found.length) say(`Nothing is called “${query}”.`);
  };
  find.addEventListener("input", offer);
  find.addEventListener("blur", () => setTimeout(() => (offers.hidden = true), 150));
  find.addEventListener("keydown", (event) => {
    const ways = { ArrowDown: () => light(lit()?.nextSibling ?? offers.firstChild), ArrowUp: () => light(lit()?.previousSibling ?? offers.lastChild), Enter: () => choose(lit()), Escape: () => { find.value = ""; offer(); } };
    if (!ways[event.key]) return;
    event.preventDefault();
    ways[event.key]();
  });

  const unfold = ({ matches }) => (part("more").open = matches);
  wide.addEventListener("change", unfold);
  unfold(wide);
  paper.addEventListener("change", look);
  new ResizeObserver(() => drawing && look()).observe(stage);
  addEventListener("hashchange", render);
  part("app").hidden = false;
  root.classList.add("pl-explorer--started");
  render();
})();
