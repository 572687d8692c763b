import { initAll } from "../built/govuk-frontend.min.js";

// On a phone an open filter would push what it filters below the fold.
if (window.matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll("details.od-filter[open]").forEach((filter) => {
    filter.removeAttribute("open");
  });
}

initAll();
