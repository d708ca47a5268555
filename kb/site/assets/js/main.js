/** Starts the components of a page. Each finds its own elements, and does nothing where there are none. */
import { startCopyButtons } from "./copy.js";
import { startSearch } from "./search.js";
import { startValues } from "./values.js";
import { startVotes } from "./votes.js";

startCopyButtons(document);
startVotes(document);
startValues(document);
startSearch(document);
