// A drawing wider than its box begins with the thing in question in the middle, not at its far left.
(() => {
  "use strict";
  const centre = () => {
    for (const box of document.querySelectorAll(".pl-graph")) {
      const focus = box.querySelector(".pl-graph__box--focus")?.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      if (focus) box.scrollLeft += focus.left + focus.width / 2 - frame.left - frame.width / 2;
    }
  };
  addEventListener("load", centre);
 
})();
