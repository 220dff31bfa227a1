// The index, shard by shard: scripts that are asked for when a query needs them, each once. No fetch, so that it
// works from a folder and under a strict Content-Security-Policy. `generator/search.py` says what each holds.
(() => {
  "use strict";
  const store = globalThis.plumblineSearch;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  const END = "\uffff"; // after any letter

  // Rising numbers, written as differences; the last digit of each is from the upper half.
  const numbers = (text = "") => {
    const found = [];
    let number = 0;
    let difference = 0;
    for (const digit of text) {
      difference = difference * 32 + (VALUES[digit] & 31);
      if (VALUES[digit] < 32) continue;
      number += difference;
      difference = 0;
      found.push(number);
    }
    return found;
  };

  // The first place in a sorted list that is not before `text`.
  const placeOf = (sorted, text) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const openShards = (root, load) => {
    const first = root.first.split(" ");
    const words = [];
    const loaded = {};
    const shard = (kind, number) => {
      const name = `search/${kind}/${number}.js`;
      loaded[name] ??= load(name).catch((failure) => {
        delete loaded[name]; // the next use tries again
        throw failure;
      });
      return loaded[name];
    };

    const shardOf = (term) => Math.max(0, placeOf(first, `${term}\0`) - 1);
    // First and last shard of the terms that begin so.
    const shardsOf = (beginning) => [Math.max(0, placeOf(first, beginning) - 1), placeOf(first, beginning + END) - 1];
    const isWide = (beginning) => Object.hasOwn(root.beginnings, beginning);

    const loadTerms = async (terms, beginnings) => {
      const wanted = new Set(terms.map(shardOf));
      for (const beginning of beginnings.filter((text) => !isWide(text))) {
        const [from, to] = shardsOf(beginning);
        for (let number = from; number <= to; number++) wanted.add(number);
      }
      await Promise.all([...wanted].map((number) => shard("words", number)));
      for (const number of wanted) words[number] ??= store.words[number].map((text) => text.split(" "));
    };

    // What a term finds: for each field a list of numbers; nothing where its shard has no such term.
    const found = (term) => {
      const [terms, postings] = words[shardOf(term)] ?? [[]];
      const at = placeOf(terms, term);
      return terms[at] === term ? postings[at] : undefined;
    };
    // Terms of a beginning with what they find, as far as their shards are there.
    const begunBy = (beginning) => {
      const all = [];
      const [from, to] = shardsOf(beginning);
      for (let number = from; number <= to; number++) {
        const [terms, postings] = words[number] ?? [[]];
        const end = placeOf(terms, beginning + END);
        for (let at = placeOf(terms, beginning); at < end; at++) all.push([terms[at], postings[at]]);
      }
      return all;
    };

    const records = async (things) => {
      const shards = new Set(things.map((thing) => Math.floor(thing / root.inShard)));
      await Promise.all([...shards].map((number) => shard("things", number)));
      return things.map((thing) => store.things[Math.floor(thing / root.inShard)][thing % root.inShard]);
    };
    const spelledLike = async (word) => {
      const lengths = [-1, 0, 1].map((more) => word.length + more).filter((length) => root.spelling.includes(length));
      await Promise.all(lengths.map((length) => shard("spelling", length)));
      return lengths.flatMap((length) => store.spelling[length].split(" "));
    };
    const bestOf = (beginning) => (isWide(beginning) ? numbers(root.beginnings[beginning]) : undefined);
    return { loadTerms, found, begunBy, bestOf, records, spelledLike };
  };

  Object.assign(store, { openShards, numbers });
})();
