// From ranked things to what a reader sees: filtered, with their texts, their places and their replacements.
(() => {
  "use strict";
  const store = globalThis.plumblineSearch;
  const [JUST_THAT, NAMED, PLACES, ALL_PLACES] = [2000, 0.8, 3, 12];
  const [NAME, TITLE, PATH, SUMMARY, REPLACEMENT, ANCHOR, SHOWN, TABLES] = Array(8).keys();

  const openIndex = (root, load) => {
    let size = 0;
    const runs = root.runs.map(([kind, trust, count]) => ({ kind, trust, end: (size += count) }));
    const runOf = (thing) => runs.find(({ end }) => thing < end);
    return { shards: store.openShards(root, load), terms: store.openTerms(root), size, runs, runOf };
  };

  // How many hits there are of each kind, or of each trust, in the order of the index; none where all are alike.
  const counted = (hits, index, facet) => {
    const counts = new Map();
    for (const { thing } of hits) {
      const value = index.runOf(thing)[facet];
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    if (counts.size < 2) return [];
    const inOrder = new Set(index.runs.map((run) => run[facet]).filter((value) => counts.has(value)));
    return [...inOrder].filter(Boolean).map((value) => [value, counts.get(value)]);
  };

  // Is that, letter by letter, a name or title?
  const isJust = (index, record, typed) =>
    [record[NAME], record[TITLE] || record[NAME], record[NAME].split(".").pop()].some((text) => index.terms.bare(text) === typed);

  // The tables of a column, those first that the query names; a column and its table may be the whole query.
  const placed = (hit, words) => {
    const lacking = words.filter(({ found }) => !found.has(hit.thing));
    const places = store.numbers(hit.record[TABLES]).map((table, at) => {
      const named = lacking.filter(({ found }) => found.get(table) >= NAMED);
      return { table, at, named: named.length, gain: named.reduce((sum, { telling }) => sum + telling, 0) };
    });
    places.sort((one, other) => other.gain - one.gain || one.at - other.at);
    const { named, gain } = places[0];
    if (!named) return { ...hit, places };
    const isAll = hit.isNamed && named === lacking.length;
    return { ...hit, value: isAll ? hit.sum + gain + JUST_THAT : hit.value, places: places.filter((place) => place.gain === gain) };
  };

  const textOf = async (index, { record }, { table, at }) => {
    if (record[SHOWN][at]) return record[SHOWN][at];
    const [[name, title, path]] = await index.shards.records([table]);
    return [title || name, path, ""];
  };

  // One result for a thing; for a column one for each of the first tables it stands in.
  const shown = async (index, hit, most) => {
    const { record, kind, trust } = hit;
    const told = { kind, trust, name: record[NAME], title: record[TITLE] || record[NAME] };
    if (!hit.places) return [{ ...told, path: record[PATH], summary: record[SUMMARY] ?? "" }];
    const texts = await Promise.all(hit.places.slice(0, most).map((place) => textOf(index, hit, place)));
    return texts.map(([place, path, summary], at) => {
      const more = at === texts.length - 1 ? hit.places.length - texts.length : 0;
      return { ...told, place, path: `${path}#${record[ANCHOR]}`, summary, more };
    });
  };

  // Right behind what is out of use comes what to use instead.
  const withReplacements = async (index, hits) => {
    const all = [...hits];
    for (const hit of hits.filter(({ record }) => record[REPLACEMENT])) {
      const thing = hit.record[REPLACEMENT] - 1;
      const at = all.findIndex((other) => other.thing === thing);
      if (at >= 0 && at < all.indexOf(hit)) continue;
      const [record] = await index.shards.records([thing]);
      const [other] = at < 0 ? [{ thing, record, ...index.runOf(thing) }] : all.splice(at, 1);
      all.splice(all.indexOf(hit) + 1, 0, { ...other, instead: hit.record[TITLE] || hit.record[NAME] });
    }
    return all;
  };

  // The first results of a query, how many things there are, and the facets with their counts.
  const find = async (index, query, { kind, trust, most }) => {
    const { hits, words, isNear } = await store.rank(index, query);
    const ofKind = hits.filter(({ thing }) => !kind || index.runOf(thing).kind === kind);
    const isTrusted = ({ thing }) => !trust || index.runOf(thing).trust === trust;
    const wanted = ofKind.filter(isTrusted);
    const first = wanted.slice(0, most);
    const records = await index.shards.records(first.map(({ thing }) => thing));
    const typed = index.terms.bare(query.trim());
    const told = first.map((hit, at) => {
      const full = { ...hit, ...index.runOf(hit.thing), record: records[at] };
      full.value *= 1 + 1 / (full.record[TITLE] || full.record[NAME]).length; // the fewer other letters, the better
      if (isJust(index, full.record, typed)) full.value += JUST_THAT;
      return full.record[TABLES] ? placed(full, words) : full;
    });
    told.sort((one, other) => other.value - one.value || one.thing - other.thing);
    const places = kind === "Column" ? ALL_PLACES : PLACES;
    const results = (await withReplacements(index, told)).map(async (hit) =>
      (await shown(index, hit, places)).map((result) => ({ ...result, instead: hit.instead })),
    );
    return {
      results: (await Promise.all(results)).flat(),
      isNear,
      total: wanted.length,
      kinds: counted(hits.filter(isTrusted), index, "kind"),
      trusts: counted(ofKind, index, "trust"),
    };
  };

  Object.assign(store, { openIndex, find });
})();
