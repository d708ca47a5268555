/** Starts the components of a page. Each finds its own elements, and does nothing where there are none. */
import { startCopyButtons } from "./copy.js";
import { startMenu } from "./menu.js";
import { startMissing } from "./missing.js";
import { startSearch } from "./search.js";
import { startValues } from "./values.js";
import { startVotes } from "./votes.js";

startCopyButtons(document);
startMenu(document);
startVotes(document);
startMissing(document);
startValues(document);
startSearch(document);

const reportForm = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-kb-report]"));
if (reportForm) import("./report/page.js").then(({ startReport }) => startReport(reportForm));
