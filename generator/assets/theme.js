// A box that scrolls sideways (code, wide tables) can be reached and scrolled from the keyboard.
(() => {
  const boxes = ".md-typeset__scrollwrap, .md-typeset__table, .highlight > pre, pre > code, .pl-scroll";
  const mark = () => {
    for (const box of document.querySelectorAll(boxes)) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls && !box.hasAttribute("tabindex")) box.tabIndex = 0;
    }
  };
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();
