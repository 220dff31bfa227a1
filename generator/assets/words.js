// Meanings of marked words: on hover, on focus, and on the first tap. Escape puts them away. The words are links to
// the glossary, with the meaning in `title`, so they work without this too.
(() => {
  "use strict";
  const PAUSE = 150; // milliseconds in which the pointer may cross from the word to its meaning
  const tip = Object.assign(document.createElement("div"), { className: "pl-meaning", id: "pl-meaning", role: "tooltip", hidden: true });
  let word = null;
  let leaving = 0;
  let isTouch = false;

  const hide = () => {
    clearTimeout(leaving);
    word?.removeAttribute("aria-describedby");
    word = null;
    tip.hidden = true;
  };
  const hideSoon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, PAUSE);
  };

  const place = () => {
    const box = word.getClientRects()[0];
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const isBelow = box.bottom + tip.offsetHeight + 8 < innerHeight || box.top < tip.offsetHeight + 8;
    const top = isBelow ? box.bottom + 4 : box.top - tip.offsetHeight - 4;
    const origin = (tip.offsetParent ?? document.documentElement).getBoundingClientRect();
    tip.style.left = `${left - origin.left}px`;
    tip.style.top = `${top - origin.top}px`;
  };

  const show = (link) => {
    clearTimeout(leaving);
    if (word === link) return;
    hide();
    // Else the browser would show the same a second time.
    if (link.title) link.dataset.plMeaning = link.title;
    link.removeAttribute("title");
    word = link;
    tip.textContent = link.dataset.plMeaning + (isTouch ? " Tap again to look it up." : "");
    (link.closest("main") ?? document.body).append(tip);
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    place();
  };

  const wordOf = (event) => event.target.closest?.("a.pl-word");
  document.addEventListener("pointerover", (event) => {
    const link = wordOf(event);
    if (link && event.pointerType !== "touch") show(link);
    else if (tip.contains(event.target)) clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => (wordOf(event) || tip.contains(event.target)) && event.pointerType !== "touch" && hideSoon());
  document.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
    if (word && wordOf(event) !== word && !tip.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => wordOf(event) && !isTouch && show(wordOf(event)));
  document.addEventListener("focusout", (event) => wordOf(event) && hideSoon());
  document.addEventListener("keydown", (event) => {
    isTouch = false;
    if (event.key === "Escape" && word) hide();
  });
  document.addEventListener("click", (event) => {
    const link = wordOf(event);
    if (!link || !isTouch || word === link) return;
    event.preventDefault();
    show(link);
  });
})();
