// What a query finds and in which order. Asks the shards for no more than the query needs.
(() => {
  "use strict";
  const store = globalThis.plumblineSearch;
  // By field, in the order of `FIELDS` in `generator/search_postings.py`: for a whole text, and for a word of it.
  const WHOLE = [1000, 950, 800, 700];
  const WORD = [1, 1, 0.85, 0.8, 1, 0.8, 0.5, 0.4, 0.25];
  const PART = [3, 2.9, 2.6, 1.2]; // a whole text inside a longer query, in weights of its words
  const [BEGUN, OTHER] = [0.6, 0.35]; // the typed word only begins another, or is a misspelt or longer one
  const [LONGEST_PART, MOST_MEANT, FEW, COVERED, ASKED] = [6, 6, 3, 2, 4];
  const KIND = { Metric: 1.2, Report: 1.1, Term: 0.9, Value: 0.7, Column: 0.6 }; // where names are alike, what tells more
  const ASKED_WITH = new Set(
    `a about all am an and any are as at be been being between but by can could
    did difference do does doing don done for from get go had
    has have he her here how i if in into is isn it its may me mean means meant most much my no nor of on one or our per
    really s she should so some than that the their them then there these they this those to too under up was we were
    what when where which while who whom whose why will with would you your`.split(/\s+/),
  );

  const raise = (map, thing, value) => {
    if ((map.get(thing) ?? 0) < value) map.set(thing, value);
  };
  const mark = (map, posting, weights, nearness) =>
    posting?.split(",").forEach((text, field) => {
      if (text && weights[field]) for (const thing of store.numbers(text)) raise(map, thing, weights[field] * nearness);
    });

  // Things that a word of the query finds, each with how well.
  const foundBy = ({ shards }, { term, isLast }) => {
    const found = new Map();
    const posting = shards.found(term);
    mark(found, posting, WORD, 1);
    const best = shards.bestOf(term);
    if (best) best.forEach((thing) => raise(found, thing, BEGUN));
    else if (isLast || !posting)
      for (const [longer, other] of shards.begunBy(term)) if (longer !== term) mark(found, other, WORD, BEGUN);
    return found;
  };

  // Words that a misspelt one may mean, the nearest only.
  const meantBy = async ({ shards }, { term }) => {
    if (term.length < 4 || /[^a-z]/.test(term)) return [];
    const most = term.length < 8 ? 1 : 2;
    const near = (await shards.spelledLike(term)).map((word) => [store.distance(term, word, most), word]);
    const least = Math.min(...near.map(([distance]) => distance), most + 1);
    const meant = near.filter(([distance]) => distance === least && distance <= most).map(([, word]) => word);
    await shards.loadTerms(meant.slice(0, MOST_MEANT), []);
    return meant.slice(0, MOST_MEANT);
  };

  // The words of a query that tell something, each with the things it finds.
  const lookUp = async (index, asked, isFinished) => {
    const telling = asked.filter(({ typed }) => !ASKED_WITH.has(typed));
    const last = isFinished ? undefined : asked.at(-1);
    const used = telling.length ? telling : asked;
    const words = used.flatMap((piece) => piece.terms.map((term) => ({ term, piece, isLast: piece === last })));
    const spans = spansOf(asked);
    await index.shards.loadTerms(
      [...words.map(({ term }) => term), ...spans.map(({ text }) => text)],
      [...words.filter(({ isLast }) => isLast).map(({ term }) => term), ...(spans[0] ? [spans[0].text] : [])],
    );
    const unknown = words.filter(({ term, isLast }) => !isLast && !index.shards.found(term));
    await index.shards.loadTerms([], unknown.map(({ term }) => term));
    for (const word of words) {
      word.found = foundBy(index, word);
      if (word.found.size) continue;
      const meant = await meantBy(index, word);
      const shorter = Array.from({ length: Math.max(0, word.term.length - 4) }, (_, less) => word.term.slice(0, -1 - less));
      for (const other of meant.length ? meant : shorter) mark(word.found, index.shards.found(other), WORD, OTHER);
      if (meant.length === 1) word.piece.word = meant[0];
    }
    for (const word of words) word.telling = Math.log(1 + index.size / (word.found.size || 1));
    return words;
  };

  // Neighbouring words of the query as one word, the whole query first.
  const spansOf = (asked) => {
    const spans = [];
    for (let length = Math.min(asked.length, LONGEST_PART); length > 0; length--)
      for (let from = 0; from + length <= asked.length; from++) {
        const some = asked.slice(from, from + length);
        const isAll = length === asked.length;
        if (isAll || some.some(({ typed }) => !ASKED_WITH.has(typed))) spans.push({ some, isAll, text: some.map(({ word }) => word).join("") });
      }
    return spans;
  };

  // What things gain because a name, title, synonym or acronym of theirs stands whole in the query.
  const gains = (index, asked, words) => {
    const gained = new Map();
    const total = words.reduce((sum, { telling }) => sum + telling, 0);
    for (const { some, isAll, text } of spansOf(asked)) {
      const share = words.filter(({ piece }) => some.includes(piece)).reduce((sum, { telling }) => sum + telling, 0);
      mark(gained, index.shards.found(text), isAll ? WHOLE : PART, isAll ? 1 : (share * share) / total);
    }
    return gained;
  };

  // The kind that a query begins by asking for: "values of …", "columns in …".
  const kindAsked = (index, [first, second]) => {
    if (!second || !/^(of|in|for)$/.test(second.typed)) return () => false;
    return (kind) => index.terms.pieces(kind).some(({ word }) => word === first.word);
  };

  const scored = (index, asked, words) => {
    const total = words.reduce((sum, { telling }) => sum + telling, 0);
    const scores = new Map();
    for (const { found, telling } of words)
      for (const [thing, weight] of found) {
        const score = scores.get(thing) ?? { thing, sum: 0, told: 0, count: 0 };
        score.sum += weight * telling;
        score.told += telling;
        score.count += 1;
        scores.set(thing, score);
      }
    const gained = gains(index, asked, words);
    for (const thing of gained.keys()) if (!scores.has(thing)) scores.set(thing, { thing, sum: 0, told: total, count: words.length });
    const all = [...scores.values()];
    const isAsked = kindAsked(index, asked);
    for (const score of all) {
      const { kind } = index.runOf(score.thing);
      score.sum += gained.get(score.thing) ?? 0;
      score.value = score.sum * (score.told / total) ** COVERED * (isAsked(kind) ? ASKED : (KIND[kind] ?? 1));
    }
    const isTelling = asked.some(({ typed }) => !ASKED_WITH.has(typed));
    const hasAll = ({ thing, count }) => (isTelling && count === words.length) || gained.get(thing) >= WHOLE[3];
    // A column may have the other words from its table.
    for (const hit of all) hit.isNamed = gained.has(hit.thing);
    const isColumn = ({ thing, isNamed }) => isNamed && index.runOf(thing).kind === "Column";
    const isNear = !all.some(hasAll);
    if (!isTelling) return { hits: all.filter(hasAll), isNear: false };
    return { hits: isNear || words.length > FEW ? all : all.filter((hit) => hasAll(hit) || isColumn(hit)), isNear };
  };

  // All hits of a query, best first, and its words with the things each finds.
  const rank = async (index, query) => {
    const asked = index.terms.pieces(query);
    if (!asked.length) return { hits: [], words: [], isNear: false };
    const words = await lookUp(index, asked, /[\s.,;:!?]$/.test(query));
    const { hits, isNear } = scored(index, asked, words);
    hits.sort((one, other) => other.value - one.value || one.thing - other.thing);
    return { hits, words, isNear };
  };

  Object.assign(store, { rank });
})();
