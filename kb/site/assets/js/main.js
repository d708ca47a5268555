/** Starts the components of a page. Each finds its own elements, and does nothing where there are none. */
import { startCopyButtons } from "./copy.js";
import { startMenu } from "./menu.js";
import { startMissing } from "./missing.js";
import { startProofs } from "./proven.js";
import { startSearch } from "./search.js";
import { startValues } from "./values.js";
import { startVersions } from "./versions.js";
import { startVotes } from "./votes/start.js";

for (const start of [
  startCopyButtons,
  startMenu,
  startVotes,
  startMissing,
  startValues,
  startVersions,
  startProofs,
  startSearch,
]) {
  try {
    start(document);
  } catch (error) {
    // What one of them stumbles over does not stop the others.
    console.error(error);
  }
}

const allResults = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-all]"));
if (allResults) import("./search/page.js").then(({ startResults }) => startResults(allResults));
const reportForm = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-kb-report]"));
if (reportForm) import("./report/page.js").then(({ startReport }) => startReport(reportForm));
const filters = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-kb-filters]"));
if (filters) import("./filters.js").then(({ startFilters }) => startFilters(filters));
