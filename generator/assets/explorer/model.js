// What is known of the lineage: things and links from the index, columns from shards that load when asked for.
(() => {
  "use strict";
  const FOLDER = { "file:": "index.html" }; // a folder opened from disk has no server that finds its index page
  const store = (globalThis.plumblineLineage ??= {});
  const { index } = store;
  const sides = { up: "down", down: "up" };

  const things = index.things.map(([kind, name, label, layer, owner, columns, gaps, hasPage, segment]) => {
    const [kindWord, pages, shards] = index.kinds[kind];
    const path = segment || name;
    return {
      key: `${kindWord.toLowerCase()}:${name}`,
      name, kindWord, columns, gaps,
      title: kind ? label || name : name,
      label: label || name,
      layer: kind ? kindWord.toLowerCase() : (index.layers[layer]?.[0] ?? "other"),
      layerWord: index.layers[layer]?.[1] ?? "",
      kindWords: index.layers[layer] ? `${index.layers[layer][1]} ${kindWord.toLowerCase()}` : kindWord,
      owner: index.owners[owner] ?? "",
      href: hasPage ? `../${pages}${path}/${FOLDER[location.protocol] ?? ""}` : "",
      file: `${shards}/${path}.js`,
      up: [], down: [],
    };
  });
  const byKey = new Map(things.map((thing) => [thing.key, thing]));
  index.links.forEach((sources, target) => {
    for (const number of sources) {
      const isIndirect = number < 0;
      const source = things[isIndirect ? -1 - number : number];
      things[target].up.push({ to: source, isIndirect });
      source.down.push({ to: things[target], isIndirect });
    }
  });

  const unpacked = (thing, shard) => {
    const into = shard.into.map(([targetColumn, source, sourceColumn, flow, text, file, line, isAmbiguous, isMasked]) => {
      const [words, glyph, isIndirect] = index.flows[flow];
      const [source_, expression, path] = [byKey.get(shard.names[source]), shard.texts[text], shard.files[file]];
      return {
        source: { thing: source_, column: sourceColumn }, target: { thing, column: targetColumn },
        words, glyph, isIndirect, expression, isAmbiguous, isMasked, ...place(path, line),
      };
    });
    const columns = shard.columns.map(([name, type, state, isUnsettled]) => ({ name, type, state, isUnsettled }));
    const gaps = shard.gaps.map(([column, words, file, line]) => ({ column, words, ...place(shard.files[file], line) }));
    const feeds = shard.feeds.map(([column, name]) => [column, byKey.get(shard.names[name])]);
    return { summary: shard.summary, columns, into, feeds, gaps };
  };
  const place = (file, line) => ({
    at: line ? `${file}:${line}` : file,
    address: index.edit && file && index.edit + file.split("/").map(encodeURIComponent).join("/") + (line ? `#L${line}` : ""),
  });

  // Fills `thing.inside`; each shard is asked for once, and again after a failure.
  const load = (thing) =>
    (thing.loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = thing.file;
      script.onerror = () => failed((thing.loading = undefined));
      script.onload = () => (store.shards?.[thing.key] ? done((thing.inside = unpacked(thing, store.shards[thing.key]))) : script.onerror());
      document.head.append(script);
    }));

  const isPart = (column, of) => !column || !of || column === of;
  const hops = {
    up: async ({ thing, column }) => (await load(thing)).into.filter((edge) => isPart(edge.target.column, column)),
    down: async ({ thing, column }) => {
      const { feeds } = await load(thing);
      const readers = new Set(feeds.filter(([fed]) => isPart(fed, column)).map(([, reader]) => reader));
      const insides = await Promise.all([...readers].map(load));
      return insides.flatMap(({ into }) =>
        into.filter(({ source }) => source.thing === thing && isPart(source.column, column)),
      );
    },
  };
  const idOf = ({ thing, column }) => `${thing.key}\n${column}`;

  // All that a column is made of and that it feeds. What only decides ends its branch, unless it shall be followed.
  const trace = async (start, { isIndirectShown, isIndirectFollowed }) => {
    const found = { nodes: new Map([[idOf(start), { ...start, hops: 0 }]]), edges: new Map() };
    for (const side of ["up", "down"]) {
      const followed = new Set([idOf(start)]);
      let ends = [start];
      for (let count = 1; ends.length; count++) {
        const next = [];
        for (const edge of (await Promise.all(ends.map(hops[side]))).flat()) {
          if (edge.isIndirect && !isIndirectShown) continue;
          const end = side === "up" ? edge.source : edge.target, id = idOf(end);
          if (!found.edges.has(edge)) found.edges.set(edge, { ...edge, side, hops: count });
          if (!found.nodes.has(id)) found.nodes.set(id, { ...end, side, hops: count, isIndirect: edge.isIndirect });
          if ((edge.isIndirect && !isIndirectFollowed) || followed.has(id)) continue;
          followed.add(id);
          next.push(end);
        }
        ends = next;
      }
    }
    return { nodes: [...found.nodes.values()], edges: [...found.edges.values()].sort((one, other) => one.hops - other.hops || one.isIndirect - other.isIndirect || !one.target.column - !other.target.column) };
  };

  const seen = (thing, side, isIndirectShown) =>
    thing[side].filter((link) => isIndirectShown || !link.isIndirect).map((link) => link.to);

  // What is shown around a thing → where it was reached from; `turned` says for `side key` whether it is open.
  const around = (focus, depths, turned, isIndirectShown) => {
    const reached = new Map([[focus, null]]);
    const waiting = [[focus, "up", depths.up], [focus, "down", depths.down]];
    for (const [thing, side, left] of waiting) {
      if (!(turned.get(`${side} ${thing.key}`) ?? left > 0)) continue;
      for (const other of seen(thing, side, isIndirectShown)) {
        if (reached.has(other)) continue;
        reached.set(other, thing);
        waiting.push([other, side, left - 1], [other, sides[side], 0]);
      }
    }
    return reached;
  };

  // Everything on one side → hops, nearest first.
  const allOn = (focus, side, isIndirectShown) => {
    const reached = new Map([[focus, 0]]);
    for (const [thing, count] of reached)
      for (const other of seen(thing, side, isIndirectShown)) if (!reached.has(other)) reached.set(other, count + 1);
    reached.delete(focus);
    return reached;
  };

  Object.assign(store, { things, byKey, load, trace, around, allOn, seen });
})();
