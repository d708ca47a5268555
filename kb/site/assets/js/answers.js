/** Answers to a pasted error: how sure, which entry, the part of the text that matched, and the first workaround. */

import { entryUrl } from "./addresses.js";
import { startCopyButtons } from "./copy.js";
import { element, mark } from "./elements.js";
import { startFields } from "./fields.js";
import { agentButton } from "./for-agent.js";
import { excerptOf, readFix } from "./matching.js";
import { versionNotes, versionsShown } from "./match/versions.js";
import { provenLine } from "./proven.js";
import { spoken } from "./words.js";

const TIERS = { exact: spoken`Exact match`, likely: spoken`Likely match` };

/** @typedef {import("./matching.js").Answer} Answer */
/** @typedef {import("./matching.js").Excerpt} Excerpt */

/**
 * An answer in full.
 * @param {Answer & {excerpt?: Excerpt}} answer
 * @param {string} text that was matched; may be empty if the answer brings its excerpt
 */
export async function answerCard(answer, text) {
  const fix = await readFix(answer.id).catch(asMissing);
  const url = entryUrl(answer.id, answer.captures);
  const { before, match, after } = answer.excerpt ?? excerptOf(text, answer);
  const card = element("article", `kb-answer kb-answer--${answer.tier}`);
  const heading = element("h3", "kb-answer__title", {}, element("a", "", { href: url }, fix?.title ?? answer.id));
  const facts = element("p", "kb-answer__facts", {}, tierBadge(answer), ` ${fix?.product ?? ""}`);
  const excerpt = element("pre", "kb-answer__excerpt", {
    tabindex: "0",
    "aria-label": spoken`Where it stands in your text`,
  });
  excerpt.append(before, mark(match), after);
  card.append(facts, heading, excerpt);
  const notes = notesOf(fix, answer, text);
  if (notes.length) card.append(element("p", "kb-answer__version", {}, notes.join(" ")));
  const proven = provenLine(fix?.proven, new Date());
  if (proven) card.append(element("p", "kb-answer__proven", {}, proven));
  if (fix?.html) card.append(stepOf(answer, fix, url));
  else
    card.append(
      element(
        "p",
        "",
        {},
        spoken`The fix could not be loaded.`,
        " ",
        element("a", "", { href: url }, spoken`Open its page`),
      ),
    );
  return card;
}

/**
 * The first workaround, with a reader's values. The HTML was sanitised when the site was built.
 * @param {Answer} answer
 * @param {import("./matching.js").Fix} fix
 * @param {string} url
 */
function stepOf(answer, fix, url) {
  const body = element("div", "kb-prose");
  body.append(...new DOMParser().parseFromString(fix.html, "text/html").body.childNodes);
  for (const link of body.querySelectorAll("a[href]")) {
    const target = wholeAddress(link.getAttribute("href") ?? "", url);
    if (target) link.setAttribute("href", target);
    else link.removeAttribute("href");
  }
  startFields([body]).show(answer.captures);
  startCopyButtons(body);
  const all = element("a", "", { href: url }, spoken`All of it: cause and other workarounds`);
  const more = element("p", "kb-answer__more", {}, all, agentButton(answer, fix, body));
  return element("div", "kb-workaround", {}, element("h4", "kb-workaround__title", {}, titleOf(fix)), body, more);
}

/**
 * The title of the first workaround. Where proofs name workarounds by number, it has its number, too.
 * @param {import("./matching.js").Fix} fix
 */
const titleOf = ({ number, proven, step }) => (number && proven?.length ? spoken`Workaround ${number}: ${step}` : step);

/**
 * A relative address as seen from an entry's page; null for what no browser can read as one.
 * @param {string} target
 * @param {string} url of the page
 */
function wholeAddress(target, url) {
  try {
    return new URL(target, url).href;
  } catch {
    return null;
  }
}

/**
 * An answer without its fix still says which entry it is.
 * @param {unknown} error
 */
function asMissing(error) {
  console.error(error);
  return undefined;
}

/**
 * How sure an answer is.
 * @param {Answer} answer
 */
export function tierBadge(answer) {
  const share = Math.round(answer.score * 100);
  const sure = answer.tier === "likely" ? spoken`, ${share} % of its wording` : "";
  return element("span", `kb-tier kb-tier--${answer.tier}`, {}, `${TIERS[answer.tier]}${sure}`);
}

/**
 * What versions say, as far as the text shows the reader's.
 * @param {import("./matching.js").Fix | undefined} fix
 * @param {Answer} answer
 * @param {string} text
 */
function notesOf(fix, answer, text) {
  const versions = fix?.versions;
  return versions ? versionNotes(versions, answer.signature, versionsShown(text, versions.names)) : [];
}
