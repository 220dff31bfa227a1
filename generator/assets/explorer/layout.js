// Where boxes and lines go: the twin of layout.py and layering.py, number for number. A change there is one here.
(() => {
  "use strict";
  const LAYER_GAP = 56, BOX_GAP = 16, LANE_GAP = 12, PART_GAP = 32;
  const ORDER_SWEEPS = 12, SWEEPS_WITHOUT_GAIN = 4, PLACE_SWEEPS = 20, SETTLED = 0.25;
  const LANE_TO_LANE = 6, LANE_TO_BOX = 2;

  const lists = (count) => Array.from({ length: count }, () => []);
  const reversed = (items) => [...items].reverse();
  const byNumbers = (one, other) => one[0] - other[0] || one[1] - other[1];
  // By code point; plain comparison goes by UTF-16 units.
  const byText = (one, other) => {
    for (let at = 0; ; at++) {
      const difference = (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
      if (difference || at >= one.length) return difference;
    }
  };
  const distinct = (arcs) => [...new Map(arcs.map((arc) => [String(arc), arc])).values()].sort(byNumbers);

  const adjacency = (count, arcs) => {
    const below = lists(count);
    for (const [source, target] of arcs) below[source].push(target);
    return below;
  };

  const depthFirst = (count, arcs) => {
    const below = adjacency(count, arcs), next = Array(count).fill(0), state = Array(count).fill(0);
    const targets = new Set(arcs.map((arc) => arc[1])), all = [...next.keys()];
    const backward = new Set(), finished = [];
    for (const root of [...all.filter((node) => !targets.has(node)), ...all.filter((node) => targets.has(node))]) {
      const path = state[root] ? [] : [root];
      while (path.length) {
        const node = path.at(-1);
        state[node] = 1;
        const target = below[node][next[node]++];
        if (target === undefined) {
          state[node] = 2;
          finished.push(path.pop());
        } else if (!state[target]) path.push(target);
        else if (state[target] === 1) backward.add(`${node},${target}`);
      }
    }
    return [finished.reverse(), backward];
  };

  const ranked = (order, arcs) => {
    const below = adjacency(order.length, arcs);
    const sources = Array(order.length).fill(0), ranks = Array(order.length).fill(0);
    for (const node of order)
      for (const target of below[node]) {
        sources[target]++;
        ranks[target] = Math.max(ranks[target], ranks[node] + 1);
      }
    for (const node of reversed(order))
      if (below[node].length > sources[node]) ranks[node] = Math.min(...below[node].map((target) => ranks[target])) - 1;
    const first = Math.min(...ranks);
    return ranks.map((rank) => rank - first);
  };

  const chained = (ranks, arcs) =>
    new Map(
      arcs.map(([source, target]) => {
        const chain = [source];
        for (let rank = ranks[source] + 1; rank < ranks[target]; rank++) chain.push(ranks.push(rank) - 1);
        return [`${source},${target}`, [...chain, target]];
      }),
    );

  const firstOrder = (ranks, above, below) => {
    const layers = lists(Math.max(...ranks) + 1), seen = new Set();
    above.forEach((sources, root) => {
      const waiting = sources.length ? [] : [root];
      while (waiting.length) {
        const node = waiting.pop();
        if (seen.has(node)) continue;
        seen.add(node);
        layers[ranks[node]].push(node);
        waiting.push(...reversed(below[node]));
      }
    });
    return layers;
  };

  const number = (layer, slots) => layer.forEach((node, slot) => (slots[node] = slot));

  const swept = (layers, around, slots) =>
    layers.map((layer) => {
      const means = new Map(
        layer.map((node) => {
          const total = around[node].reduce((sum, other) => sum + slots[other], 0);
          return [node, around[node].length ? total / around[node].length : slots[node]];
        }),
      );
      const sorted = [...layer].sort((one, other) => means.get(one) - means.get(other));
      number(sorted, slots);
      return sorted;
    });

  const crossings = (layers, below, slots) => {
    let count = 0;
    for (const layer of layers.slice(0, -1)) {
      const passed = [];
      for (const node of layer)
        for (const slot of below[node].map((other) => slots[other]).sort((one, other) => one - other)) {
          let low = 0, high = passed.length;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (passed[middle] > slot) high = middle;
            else low = middle + 1;
          }
          count += passed.length - low;
          passed.splice(low, 0, slot);
        }
    }
    return count;
  };

  const untangled = (layers, above, below) => {
    const slots = [];
    layers.forEach((layer) => number(layer, slots));
    let best = layers, fewest = crossings(layers, below, slots), withoutGain = 0;
    for (let sweep = 0; sweep < ORDER_SWEEPS && fewest && withoutGain < SWEEPS_WITHOUT_GAIN; sweep++) {
      layers = sweep % 2 ? swept(reversed(layers), below, slots).reverse() : swept(layers, above, slots);
      const count = crossings(layers, below, slots);
      withoutGain = count < fewest ? 0 : withoutGain + 1;
      if (count < fewest) [best, fewest] = [layers, count];
    }
    return best;
  };

  const intoLayers = (boxCount, arcs) => {
    const [order, backward] = depthFirst(boxCount, arcs);
    const forward = distinct(arcs.map((arc) => (backward.has(String(arc)) ? [arc[1], arc[0]] : arc)));
    const ranks = ranked(order, forward);
    const chains = chained(ranks, forward);
    const steps = [...chains.values()].flatMap((chain) => chain.slice(1).map((node, at) => [chain[at], node]));
    const below = adjacency(ranks.length, steps);
    const above = adjacency(ranks.length, steps.map(([source, target]) => [target, source]));
    const layers = untangled(firstOrder(ranks, above, below), above, below);
    return { boxCount, layers, ranks, above, below, chains, backward };
  };

  const settle = (layer, offsets, pulls, centres) => {
    const blocks = [];
    layer.forEach((node, at) => {
      let [others, weight] = pulls[node], pulled = 0, count = 1;
      for (const [other, otherWeight] of others) pulled += otherWeight * centres[other];
      let wish = pulled / weight - offsets[at];
      while (blocks.length && blocks.at(-1)[0] > wish) {
        const [upperWish, upperWeight, upperCount] = blocks.pop();
        const total = upperWeight + weight;
        wish = (upperWish * upperWeight + wish * weight) / total;
        weight = total;
        count += upperCount;
      }
      blocks.push([wish, weight, count]);
    });
    const wishes = blocks.flatMap(([wish, , count]) => Array(count).fill(wish));
    let moved = 0;
    layer.forEach((node, at) => {
      moved = Math.max(moved, Math.abs(wishes[at] + offsets[at] - centres[node]));
      centres[node] = wishes[at] + offsets[at];
    });
    return moved;
  };

  const centred = ({ boxCount, layers, ranks, above, below }, heights) => {
    const pulls = ranks.map((_, node) => {
      const others = [...above[node], ...below[node]].map((other) => {
        const lanes = (node >= boxCount) + (other >= boxCount);
        return [other, lanes === 2 ? LANE_TO_LANE : lanes ? LANE_TO_BOX : 1];
      });
      return [others, others.reduce((total, [, weight]) => total + weight, 0)];
    });
    const offsets = layers.map((layer) => {
      const found = [0];
      for (let at = 1; at < layer.length; at++) {
        const [upper, lower] = [layer[at - 1], layer[at]];
        const gap = upper < boxCount && lower < boxCount ? BOX_GAP : LANE_GAP;
        found.push(found[at - 1] + (heights[upper] + heights[lower]) / 2 + gap);
      }
      return found;
    });
    const centres = [];
    layers.forEach((layer, rank) =>
      layer.forEach((node, at) => (centres[node] = offsets[rank][at] - offsets[rank].at(-1) / 2)),
    );
    const numbers = [...layers.keys()];
    for (let sweep = 0; sweep < PLACE_SWEEPS && layers.length > 1; sweep++) {
      let moved = 0;
      for (const rank of sweep % 2 ? reversed(numbers) : numbers)
        moved = Math.max(moved, settle(layers[rank], offsets[rank], pulls, centres));
      if (moved < SETTLED) break;
    }
    return centres;
  };

  const drawn = (boxes, arcs) => {
    const part = intoLayers(boxes.length, arcs);
    const widths = part.layers.map(() => 0);
    boxes.forEach((box, node) => (widths[part.ranks[node]] = Math.max(widths[part.ranks[node]], box.width)));
    let left = 0;
    const columns = widths.map((width) => [left, (left += width + LAYER_GAP) - LAYER_GAP]);
    const heights = part.ranks.map((_, node) => boxes[node]?.height ?? 0);
    const lefts = part.ranks.map((rank) => columns[rank][0]);
    const rights = part.ranks.map((rank, node) => (boxes[node] ? lefts[node] + boxes[node].width : columns[rank][1]));
    let tops = centred(part, heights).map((centre, node) => Math.floor(centre - heights[node] / 2 + 0.5));
    const highest = Math.min(...tops);
    tops = tops.map((top) => top - highest);
    const routes = arcs.map((arc) => {
      const isBackward = part.backward.has(String(arc));
      const chain = part.chains.get(String(isBackward ? [arc[1], arc[0]] : arc));
      const points = chain.flatMap((node) => {
        const middle = tops[node] + Math.floor(heights[node] / 2);
        return [[lefts[node], middle], [rights[node], middle]];
      });
      const inner = points.slice(1, -1);
      return { source: boxes[arc[0]].id, target: boxes[arc[1]].id, points: isBackward ? inner.reverse() : inner, isBackward };
    });
    const places = boxes.map((box, node) => ({ id: box.id, x: lefts[node], y: tops[node] }));
    return { places, routes, width: columns.at(-1)[1], height: Math.max(...tops.map((top, node) => top + heights[node])) };
  };

  const parts = (boxes, arcs) => {
    const around = adjacency(boxes.length, arcs.flatMap(([source, target]) => [[source, target], [target, source]]));
    const partOf = [], members = [], ownNumber = [];
    boxes.forEach((_, start) => {
      if (partOf[start] !== undefined) return;
      const waiting = [start];
      const part = members.push([]) - 1;
      while (waiting.length) {
        const node = waiting.pop();
        if (partOf[node] === undefined) waiting.push(...around[node]);
        partOf[node] = part;
      }
    });
    boxes.forEach((_, node) => (ownNumber[node] = members[partOf[node]].push(node) - 1));
    const found = members.map((nodes) => [nodes.map((node) => boxes[node]), []]);
    for (const arc of arcs) found[partOf[arc[0]]][1].push(arc.map((node) => ownNumber[node]));
    return found.sort((one, other) => other[0].length - one[0].length);
  };

  // Boxes are `{id, width, height}`, edges `[source, target]`; the answer has the fields of `Drawing`.
  globalThis.plumblineLayout = (boxes, edges) => {
    const ordered = [...boxes].sort((one, other) => byText(one.id, other.id));
    const numbers = new Map(ordered.map((box, at) => [box.id, at]));
    const arcs = distinct(edges.filter(([one, other]) => one !== other).map((ends) => ends.map((id) => numbers.get(id))));
    const all = { places: [], routes: [], width: 0, height: 0 };
    for (const each of parts(ordered, arcs)) {
      const part = drawn(...each);
      const top = all.height && all.height + PART_GAP;
      all.places.push(...part.places.map((place) => ({ ...place, y: place.y + top })));
      all.routes.push(...part.routes.map((route) => ({ ...route, points: route.points.map(([x, y]) => [x, y + top]) })));
      all.width = Math.max(all.width, part.width);
      all.height = top + part.height;
    }
    all.places.sort((one, other) => byText(one.id, other.id));
    all.routes.sort((one, other) => byText(one.source, other.source) || byText(one.target, other.target));
    return all;
  };
})();
