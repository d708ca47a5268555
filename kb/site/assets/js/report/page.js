/** The issue report page: from the address of an issue to a report, made in the browser, when its reader wants it. */

import { ROOT } from "../addresses.js";
import { element } from "../elements.js";
import { findErrors, readFix } from "../matching.js";
import { analyse, textToMatch } from "./analysis.js";
import { Problem, collect } from "./collection.js";
import { GitHubError, GitHubSource } from "./github.js";
import { parseReference, webAddress } from "./references.js";
import { viewOf } from "./view.js";
import { spoken } from "../words.js";

const ANSWERS = 5;
/** @type {Record<string, string>} */
const REASONS = { "not found": spoken`not found`, deleted: spoken`deleted` };
/** Without a token GitHub answers 60 requests an hour. */
const MODEST = { nodes: 100, calls: 40 };
const WITH_TOKEN = { nodes: 200, calls: 400 };

/** @param {HTMLFormElement} form */
export function startReport(form) {
  const page = new ReportPage(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    page.make();
  });
  // A link may bring the issue with it: `report/#owner/name#123`.
  const linked = location.hash.slice(1).replaceAll("%23", "#");
  if (parseReference(linked)) page.input.value = linked;
  // Until here a press would have been lost.
  /** @type {HTMLButtonElement} */ (part(form, "[type=submit]")).disabled = false;
}

/**
 * @template {Element} Kind
 * @param {ParentNode | null} root
 * @param {string} selector
 * @returns {Kind}
 */
function part(root, selector) {
  const found = root?.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {Kind} */ (found);
}

/** The form and its result. */
class ReportPage {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.api = form.getAttribute("data-kb-api") ?? "";
    this.input = /** @type {HTMLInputElement} */ (part(form, "#kb-report-ref"));
    this.token = /** @type {HTMLInputElement} */ (part(form, "#kb-report-token"));
    this.status = part(form, "[role=status]");
    this.progress = /** @type {HTMLProgressElement} */ (part(form, "progress"));
    this.stop = /** @type {HTMLButtonElement} */ (part(form, "[data-kb-stop]"));
    this.result = part(form.parentElement, "[data-kb-report-result]");
    /** @type {AbortController | undefined} */
    this.running = undefined;
    this.stop.addEventListener("click", () => this.running?.abort());
  }

  async make() {
    this.running?.abort();
    const ref = this.reference();
    if (!ref) {
      this.input.setAttribute("aria-invalid", "true");
      this.input.focus();
      const address = webAddress(this.api);
      return this.tell(spoken`That names no issue. Write owner/name#123, or its address on ${address}.`, true);
    }
    this.input.removeAttribute("aria-invalid");
    const running = new AbortController();
    this.running = running;
    this.result.replaceChildren();
    this.show(true);
    this.tell(spoken`Reading ${ref} …`);
    try {
      await this.report(ref, running.signal);
    } catch (error) {
      if (running !== this.running) return;
      if (running.signal.aborted) this.tell(spoken`Stopped.`);
      else {
        this.tell(error instanceof GitHubError ? error.message : spoken`The report could not be made.`, true);
        if (!(error instanceof GitHubError)) console.error(error);
      }
    }
    // The result has an address: who opens it has the issue in the form, and asks GitHub on a press.
    if (running === this.running) history.replaceState(null, "", `#${ref}`);
    if (running === this.running) this.show(false);
  }

  /** The reference in the input, if it is one of this GitHub. */
  reference() {
    const written = this.input.value.trim();
    const ref = parseReference(written);
    if (!ref || !/^https?:/i.test(written)) return ref;
    return new URL(written).host === new URL(webAddress(this.api)).host ? ref : null;
  }

  /**
   * @param {string} ref
   * @param {AbortSignal} signal
   */
  async report(ref, signal) {
    const token = this.token.value.trim();
    if (/[^\x21-\x7e]/.test(token))
      throw new GitHubError(spoken`The token has characters that no token has. Copy it again.`);
    const depth = Number(new FormData(this.form).get("kb-report-depth")) === 2 ? 2 : 1;
    const source = new GitHubSource(this.api, token, signal);
    const fetched = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const bounds = { depth, ...(token ? WITH_TOKEN : MODEST) };
    const snapshot = await collect(ref, source, webAddress(this.api), fetched, bounds, (done, known) => {
      this.progress.max = known;
      this.progress.value = done;
      this.tell(spoken`Read ${done} of ${known} issues …`);
    });
    if (snapshot instanceof Problem) {
      const hint = token
        ? spoken`May the token read its repository?`
        : spoken`If its repository is private, give a token that may read it.`;
      const { reason } = snapshot;
      return this.tell(`${ref}: ${REASONS[reason] ?? reason}. ${hint}`, true);
    }
    this.tell(spoken`Looking for known errors …`);
    const text = textToMatch(snapshot);
    const answers = await findErrors(text, ANSWERS).catch((error) => {
      console.error(error);
      return null;
    });
    const report = analyse(snapshot, await Promise.all((answers ?? []).map(knownOf)));
    const view = await viewOf(report, answers ?? [], text);
    if (signal.aborted) throw signal.reason;
    this.result.replaceChildren(view);
    this.tell(
      answers
        ? spoken`The report on ${report.ref} is below.`
        : spoken`The report is below. The known errors could not be loaded.`,
      !answers,
    );
    /** @type {HTMLElement} */ (part(view, "h2")).focus();
  }

  /**
   * @param {string} text
   * @param {boolean} [isBad]
   */
  tell(text, isBad = false) {
    this.status.replaceChildren(isBad ? element("span", "kb-report__bad", {}, text) : text);
  }

  /** @param {boolean} runs */
  show(runs) {
    this.progress.hidden = !runs;
    this.progress.removeAttribute("value");
    this.stop.hidden = !runs;
    this.result.setAttribute("aria-busy", String(runs));
  }
}

/**
 * @param {import("../matching.js").Answer} answer
 * @returns {Promise<import("./analysis.js").Known>}
 */
async function knownOf({ id, tier, score }) {
  const fix = await readFix(id);
  const url = new URL(`${id}/`, ROOT).href;
  return { id, url, title: fix?.title ?? id, tier, score, summary: fix?.summary ?? "", step: fix?.step ?? "" };
}
