// What a query finds and in which order. Fetched with the index when a search box is first used.
(() => {
  "use strict";
  const WHOLE = { name: 1000, tail: 950, title: 900, synonym: 800, acronym: 700 };
  const WORD = { name: 60, tail: 60, title: 60, acronym: 55, synonym: 45, summary: 15, mention: 12 };
  const SMALL = new Set("a an and at by for from in of on per the to".split(" "));
  const ASKED_WITH = new Set(
    `${[...SMALL].join(" ")} about all am any are as be been being but can could did do doe does difference don get go
    had has have he her here how i if into is isn it its may me mean means month most much my no not nor one or our
    really s she should so some than that their them then there these they this those too two under was we week were
    what when where which while who whom whose why will with would you your`.split(/\s+/),
  );

  // One spelling for British and American, singular and plural, with and without accents.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const folded = (part) =>
    part
      .replace(/z/g, "s")
      .replace(/our(?=(s|ed|ing|al|ite|able)?$)/, "or")
      .replace(/tre(?=s?$)/, "ter")
      .replace(/ll(?=(ed|ing|er)s?$)/, "l")
      .replace(/ogue(?=s?$)/, "og")
      .replace(/(?<=.{3}[^s])s$/, "");
  const words = (text) => parts(text).map(folded);
  const key = (text) => words(text).join(" ");

  const acronyms = (text) => {
    const all = parts(text);
    return [all, all.filter((part) => !SMALL.has(part))]
      .filter((some) => some.length > 1)
      .map((some) => some.map(([first]) => first).join(""));
  };

  const keep = (map, text, number, weight) => {
    if (!map.has(text)) map.set(text, new Map());
    const found = map.get(text);
    if ((found.get(number) ?? 0) < weight) found.set(number, weight);
  };

  const build = ({ kinds, trusts, rows }) => {
    const index = { things: [], whole: new Map(), words: new Map() };
    rows.forEach(([kind, name, title, synonyms, summary, path, trust], number) => {
      const tail = name.split(".").pop();
      const names = [...new Set([name, title, tail])];
      const add = (field, text) => {
        if (WHOLE[field]) keep(index.whole, key(text), number, WHOLE[field]);
        words(text).forEach((part) => keep(index.words, part, number, WORD[field]));
      };
      add("name", name);
      add("tail", tail);
      add("title", title);
      synonyms.forEach((text) => add("synonym", text));
      [...names, ...synonyms].flatMap(acronyms).forEach((text) => add("acronym", text));
      add("summary", summary);
      const keys = [...new Set(names.map(key))];
      const rank = { kind, exact: [name, title].map(plain), tail: plain(tail), keys, own: new Set([...names, ...synonyms, summary].flatMap(words)) };
      index.things.push({ kind: kinds[kind], name, title, summary, path, trust: trusts[trust], mentions: [], rank });
    });
    return index;
  };

  const addMentions = (index, mentions) => {
    mentions.forEach(([number, texts]) => {
      index.things[number].mentions = texts;
      texts.flatMap(words).forEach((part) => keep(index.words, part, number, WORD.mention));
    });
  };

  // Edits between two words (Damerau): two neighbours swapped count as one.
  const distance = (one, other) => {
    let older, old, row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      [older, old, row] = [old, row, [i]];
      for (let j = 1; j <= other.length; j++) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + change);
        if (i > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
    }
    return row[other.length];
  };

  // Words of the index that a typed word may mean, with how near each is; misspellings only if nothing else.
  const alike = (index, typed) => {
    const known = [...index.words.keys()];
    const least = /^\w*$/.test(typed) ? 4 : 1; // scripts without spaces are searched from inside
    const near = known.flatMap((part) => {
      if (part === typed) return [[part, 1]];
      if (part.startsWith(typed)) return [[part, 0.8]];
      return typed.length >= least && part.includes(typed) ? [[part, 0.35]] : [];
    });
    if (near.length || typed.length < 4) return near;
    const most = typed.length < 8 ? 1 : 2;
    return known
      .filter((part) => Math.abs(part.length - typed.length) <= most && distance(typed, part) <= most)
      .map((part) => [part, 0.3 / distance(typed, part)]);
  };

  const hits = (index, near) => {
    const best = new Map();
    for (const [part, nearness] of near)
      for (const [number, weight] of index.words.get(part))
        best.set(number, Math.max(best.get(number) ?? 0, weight * nearness));
    return best;
  };

  const scored = (index, query, typed, near) => {
    if (near.some((some) => !some.length)) return [];
    const [first, ...others] = near.map((some) => hits(index, some));
    // What was meant: a misspelt word counts as the nearest word there is.
    const meant = (some) => some.reduce((best, one) => (one[1] > best[1] ? one : best));
    const whole = typed.map((part, at) => (near[at].some(([, how]) => how > 0.3) ? part : meant(near[at])[0])).join(" ");
    const asked = plain(query.trim());
    const exact = index.whole.get(whole);
    return [...first]
      .filter(([number]) => others.every((other) => other.has(number)))
      .map(([number, score]) => {
        const thing = index.things[number];
        for (const other of others) score += other.get(number);
        score += exact?.get(number) ?? 0;
        if (thing.rank.keys.some((text) => text.startsWith(whole))) score += 100;
        if (thing.rank.exact.includes(asked)) score += 500;
        else if (thing.rank.tail === asked) score += 300;
        return [thing, score];
      });
  };

  // Where no thing has all words of a question: the things that have most of what the question is about.
  const nearest = (index, typed, near) => {
    const scores = new Map();
    near.forEach((some, at) => {
      if (ASKED_WITH.has(typed[at])) return;
      const found = hits(index, some);
      const rarity = Math.log(1 + index.things.length / found.size);
      for (const [number, score] of found) scores.set(number, (scores.get(number) ?? 0) + score * rarity);
    });
    const least = [...scores.values()].reduce((most, score) => Math.max(most, score), 0) / 3;
    return [...scores].filter(([, score]) => score >= least).map(([number, score]) => [index.things[number], score]);
  };

  // The first of the mentions that explains why a thing was found, if its own words do not.
  const reason = ({ rank, mentions }, typed) => {
    const begins = (part) => typed.some((text) => part.startsWith(text));
    return [...rank.own].some(begins) ? "" : (mentions.find((text) => words(text).some(begins)) ?? "");
  };

  const find = (index, query) => {
    const typed = words(query);
    if (!typed.length) return [];
    const inOrder = ([one, oneScore], [other, otherScore]) =>
      otherScore - oneScore || one.rank.kind - other.rank.kind || one.title.length - other.title.length;
    const near = typed.map((part) => alike(index, part));
    const whole = scored(index, query, typed, near);
    const found = (whole.length || typed.length === 1 ? whole : nearest(index, typed, near)).sort(inOrder);
    return found.map(([thing]) => ({ ...thing, isNear: !whole.length, reason: reason(thing, typed) }));
  };

  Object.assign((globalThis.plumblineSearch ??= {}), { build, addMentions, find });
})();
