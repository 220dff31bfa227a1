// A query as the index compares it: the same as `generator/search_terms.py`, whose rules come with the index.
(() => {
  "use strict";
  const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();

  const openTerms = ({ rules, unspaced }) => {
    const patterns = rules.map(([pattern, to]) => [new RegExp(pattern, "g"), to]);
    const piece = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}])+`, "gu");
    const isUnspaced = (text) => new RegExp(`^[${unspaced}]`, "u").test(text);
    const folded = (word) => patterns.reduce((text, [pattern, to]) => text.replace(pattern, to), word);
    const pairs = ([...letters]) => letters.slice(1).map((letter, at) => letters[at] + letter);

    // Words of a query: as typed, folded, and the terms that the index may hold of it.
    const pieces = (text) =>
      (bare(text).replace(/['’]s(?![\p{L}\p{N}_])/gu, "").match(piece) ?? []).map((typed) => {
        const word = folded(typed);
        return { typed, word, terms: isUnspaced(word) && word.length > 1 ? pairs(word) : [word] };
      });
    return { bare, pieces };
  };

  // Edits between two words (Damerau): two neighbours swapped count as one. Stops when it is more than `most`.
  const distance = (one, other, most) => {
    let older, old, row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      [older, old, row] = [old, row, [i]];
      for (let j = 1; j <= other.length; j++) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + change);
        if (i > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row[other.length];
  };

  Object.assign(globalThis.plumblineSearch, { openTerms, distance });
})();
