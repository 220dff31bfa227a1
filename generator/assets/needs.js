// Loads the styles and scripts that a page alone needs, in their order; no page holds a script itself.
(() => {
  "use strict";
  for (const { dataset } of document.querySelectorAll("[data-pl-needs]"))
    for (const address of dataset.plNeeds.split(" ")) {
      const needed = address.endsWith(".css") ? ["link", { rel: "stylesheet", href: address }] : ["script", { src: address, async: false }];
      document.head.append(Object.assign(document.createElement(needed[0]), needed[1]));
    }
})();
