// A site opened from a folder has no server that finds the page of a folder: links name its file.
(() => {
  "use strict";
  if (location.protocol !== "file:") return;
  for (const link of document.querySelectorAll("a")) {
    const written = link.getAttribute("href") ?? link.getAttribute("xlink:href"); // the latter in drawings
    const address = new URL(written ?? "#", location);
    if (address.protocol !== "file:" || !address.pathname.endsWith("/")) continue;
    address.pathname += "index.html";
    link.setAttribute("href", address);
  }
})();
