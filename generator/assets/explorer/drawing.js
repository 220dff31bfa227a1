// A scene of boxes and lines → elements of an SVG, and files of it. Colours and dashes are in the style sheets.
(() => {
  "use strict";
  const HEAD = 46, ROW = 24, NARROWEST = 150, WIDEST = 250, INDENT = 14, GLYPH = 20;
  const FACE = '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
  const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
  const FONTS = { label: `700 13px ${FACE}`, kind: `11px ${FACE}`, row: `12px ${MONO}` };
  const LOOKS = "fill stroke stroke-width stroke-dasharray font-family font-size font-weight text-anchor".split(" ");
  const SHAPES = "rect, path, circle, text";
  const pen = document.createElement("canvas").getContext("2d");

  const element = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const text = (className, x, y, words) => element("text", { class: className, x, y }, words);
  const told = (words) => element("title", {}, words);

  const widthOf = (words, font) => {
    pen.font = FONTS[font];
    return pen.measureText(words).width;
  };
  // A longer text loses its end; a name its middle, so that schema and table both stay known.
  const fitted = (words, font, room) => {
    const letters = [...words];
    for (let kept = letters.length; kept > 3; kept--) {
      const head = font === "kind" ? kept : Math.ceil(kept / 3);
      const short = kept < letters.length ? `${letters.slice(0, head).join("")}…${letters.slice(letters.length + head - kept).join("")}` : words;
      if (widthOf(short, font) <= room) return short;
    }
    return letters.slice(0, 3).join("");
  };

  const pathOf = (points) =>
    points.slice(1).reduce((path, [toX, toY], at) => {
      const [x, y] = points[at], middle = (x + toX) / 2;
      if (y === toY) return `${path}H${toX}`;
      return path + (at % 2 ? `L${toX} ${toY}` : `C${middle} ${y} ${middle} ${toY} ${toX} ${toY}`);
    }, `M${points[0]}`);

  const button = (id, label, hit, ...children) =>
    element("g", { role: "button", tabindex: -1, "data-item": id, "aria-label": label },
      element("rect", { class: "pl-explorer__hit", rx: 4, ...hit }), ...children);

  const badge = (x, y, { sign, words, turn }) =>
    element("g", { class: `pl-graph__more${sign === "−" ? " pl-explorer__less" : ""}`, "data-turn": turn },
      told(words), element("rect", { x: x - 15, y: y - 12, width: 30, height: 24, rx: 12 }), text("", x, y + 4, sign));

  const boxOf = ({ x, y }, box, width) => {
    const height = heightOf(box), aside = box.aside ?? "";
    const room = width - 2 * INDENT, kindRoom = room - widthOf(aside, "kind") - (aside ? 8 : 0);
    const rows = box.rows.map((row, at) => {
      const top = y + HEAD + at * ROW, hit = { x: x + 6, y: top, width: width - 10, height: ROW - 2 };
      const label = text("pl-explorer__row", x + INDENT, top + 15, fitted(row.words, "row", room));
      const made = row.id ? button(row.id, row.told, hit, told(row.told), label) : element("g", {}, label);
      made.classList.add(...["pl-explorer__column", ...row.marks.map((mark) => `pl-explorer__column--${mark}`)]);
      return made;
    });
    const hit = { x: x + 6, y: y + 2, width: width - 8, height: HEAD - 4 };
    return element("g", { class: ["pl-graph__box", `pl-layer--${box.layer}`, ...box.marks.map((mark) => `pl-graph__box--${mark}`)].join(" ") },
      element("rect", { class: "pl-graph__card", x, y, width, height, rx: 6 }),
      element("path", { class: "pl-graph__bar", d: `M${x + 6} ${y}a6 6 0 0 0 -6 6V${y + height - 6}a6 6 0 0 0 6 6Z` }),
      button(box.id, box.told, hit, told(box.told),
        text("pl-graph__kind", x + INDENT, y + 17, fitted(box.kind, "kind", kindRoom)),
        text("pl-graph__kind pl-explorer__aside", x + width - 10, y + 17, aside),
        text("pl-graph__label", x + INDENT, y + 35, fitted(box.label, "label", room))),
      ...rows,
      ...box.badges.map((each) => badge(each.turn.startsWith("up") ? x - 6 : x + width + 6, y, each)));
  };

  const heightOf = (box) => HEAD + (box.rows.length ? box.rows.length * ROW + 6 : 0);
  const levelOf = (top, box, row) => {
    const at = box.rows.findIndex(({ id }) => id && id === row);
    return top + (at < 0 ? HEAD / 2 : HEAD + at * ROW + ROW / 2 - 1);
  };

  // A scene is `{boxes, lines}`; a line leads from `source` to `target`, or from row to row of these boxes.
  const draw = (svg, { boxes, lines }) => {
    const wish = (box) => Math.max(widthOf(box.label, "label"), Math.min(widthOf(`${box.kind}  ${box.aside ?? ""}`, "kind"), 190),
      ...box.rows.map((row) => widthOf(row.words, "row"))) + 2 * INDENT;
    const width = Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, ...boxes.map(wish))));
    const made = plumblineLayout(boxes.map((box) => ({ id: box.id, width, height: heightOf(box) })),
      lines.map(({ source, target }) => [source, target]));
    const byId = new Map(boxes.map((box) => [box.id, box]));
    const places = new Map(made.places.map((place) => [place.id, { ...place, width, height: heightOf(byId.get(place.id)) }]));
    const routes = new Map(made.routes.map((route) => [`${route.source}\n${route.target}`, route]));
    const glyphs = new Map();
    const paths = lines.filter(({ source, target }) => source !== target).map((line) => {
      const { points, isBackward } = routes.get(`${line.source}\n${line.target}`), ends = points.map((point) => [...point]);
      ends[0][1] = levelOf(places.get(line.source).y, byId.get(line.source), line.from);
      ends.at(-1)[1] = levelOf(places.get(line.target).y, byId.get(line.target), line.to);
      const [x, y] = ends.at(-1), turn = isBackward ? -1 : 1;
      if (line.glyph) {
        const here = glyphs.get(`${x},${y}`) ?? new Map();
        glyphs.set(`${x},${y}`, here.set(line.glyph, { x: x - 12 * turn, y, turn, ...line }));
      }
      const d = pathOf(ends) + (isBackward ? `m7 -4L${x} ${y}l7 4` : "");
      const classes = ["pl-graph__line", ...(line.isIndirect ? ["pl-graph__line--indirect"] : []), ...line.marks.map((mark) => `pl-graph__line--${mark}`)];
      return element("path", { class: classes.join(" "), d }, told(line.told));
    });
    const signs = [...glyphs.values()].flatMap((here) => [...here.values()].map(({ x, y, turn, glyph, isIndirect, told: words }, at) =>
      element("g", { class: `pl-explorer__glyph${isIndirect ? " pl-explorer__glyph--indirect" : ""}` }, told(words),
        element("circle", { cx: x - at * GLYPH * turn, cy: y, r: 9 }), text("", x - at * GLYPH * turn, y + 4, glyph))));
    svg.replaceChildren(...paths, ...made.places.map((place) => boxOf(place, byId.get(place.id), width)), ...signs);
    return { places, width: made.width, height: made.height };
  };

  const looked = (shape) => {
    const style = getComputedStyle(shape);
    return LOOKS.map((look) => [look, style.getPropertyValue(look)]);
  };
  const ground = (svg) => getComputedStyle(svg.parentElement).backgroundColor;
  const edge = 20;

  // The whole drawing as a file of its own, every colour written out.
  const asSvg = (svg, { width, height }) => {
    const [w, h] = [width + 2 * edge, height + 2 * edge];
    const copy = element("svg", { viewBox: `${-edge} ${-edge} ${w} ${h}`, width: w, height: h }, ...svg.cloneNode(true).children);
    const copies = copy.querySelectorAll(SHAPES);
    svg.querySelectorAll(SHAPES).forEach((shape, at) => looked(shape).forEach(([look, value]) => copies[at].setAttribute(look, value)));
    copy.querySelectorAll("[class], [role]").forEach((each) => ["class", "role", "tabindex", "aria-label"].forEach((name) => each.removeAttribute(name)));
    copy.prepend(element("rect", { x: -edge, y: -edge, width: w, height: h, fill: ground(svg) }));
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  };

  // Painted shape by shape: a strict security policy lets no picture be made of an SVG.
  const asPng = (svg, { width, height }) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * (width + 2 * edge), height: 2 * (height + 2 * edge) });
    const brush = canvas.getContext("2d");
    brush.fillStyle = ground(svg);
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.setTransform(2, 0, 0, 2, 2 * edge, 2 * edge);
    for (const shape of svg.querySelectorAll(SHAPES)) {
      const look = Object.fromEntries(looked(shape)), number = (name) => +shape.getAttribute(name), path = new Path2D(shape.getAttribute("d") ?? "");
      brush.fillStyle = look.fill;
      if (shape.tagName === "text") {
        brush.font = `${look["font-weight"]} ${look["font-size"]} ${look["font-family"]}`;
        brush.textAlign = { middle: "center", end: "right" }[look["text-anchor"]] ?? "left";
        brush.fillText(shape.textContent, number("x"), number("y"));
        continue;
      }
      if (shape.tagName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
      if (shape.tagName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 7);
      if (look.fill !== "none") brush.fill(path);
      brush.strokeStyle = look.stroke;
      brush.lineWidth = parseFloat(look["stroke-width"]);
      brush.setLineDash(look["stroke-dasharray"].match(/[\d.]+/g)?.map(Number) ?? []);
      if (look.stroke !== "none") brush.stroke(path);
    }
    return new Promise((done) => canvas.toBlob(done));
  };

  Object.assign(plumblineLineage, { draw, asSvg, asPng, element });
})();
