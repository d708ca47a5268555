/** The buttons of an entry's page: a tap shows at once, and again takes it back; what the collector counts comes later. */

import { isOfTaps, isWaiting, say, takeOver, tapsOf } from "./taps.js";
import { spoken } from "../words.js";

/** @typedef {import("./taps.js").Counts} Counts */

/** Seconds until the next try, where what sends could not be loaded. */
const PAUSE = 5;

let failures = 0;

/**
 * What sends, loaded when there is something to send. What could not be loaded once has to have another address, or
 * Chromium does not try again as long as the page is open. https://github.com/whatwg/html/issues/6768
 * @returns {Promise<typeof import("./sending.js")>}
 */
function loadSending() {
  const loading = failures ? import(`./sending.js?${failures}`) : import("./sending.js");
  return loading.catch((error) => {
    failures += 1;
    throw error;
  });
}

/** A button, what it says to which question, how many accounts say so, and how much of its count taps were at the build. */
class Choice {
  /** @param {HTMLButtonElement} button */
  constructor(button) {
    this.button = button;
    const { name, value } = button;
    this.question = name === "workaround" ? `works@${value}` : name === "signal" ? value : name;
    this.value = name === "helpful" ? value : "true";
    this.place = /** @type {HTMLElement} */ (button.querySelector("b"));
    this.built = Number(button.getAttribute("data-kb-counted"));
    this.accounts = Number(this.place.textContent) - this.built;
  }

  /**
   * How many taps say this, by the collector's counts.
   * @param {Counts | undefined} live
   */
  taps(live) {
    if (!live) return this.built;
    const [signal, workaround] = this.question.split("@");
    const counts = workaround ? live.workarounds?.[workaround] : live.counts;
    const name = signal !== "helpful" || this.value === "true" ? signal : "unhelpful";
    return Number(counts?.[name]) || 0;
  }

  /**
   * @param {import("./taps.js").Tap | undefined} tap
   * @param {Counts | undefined} live
   */
  show(tap, live) {
    const isSaid = tap?.said === this.value;
    const isSent = tap?.sent === this.value;
    this.place.textContent = String(Math.max(0, this.accounts + this.taps(live) + Number(isSaid) - Number(isSent)));
    this.button.setAttribute("aria-pressed", String(isSaid));
    this.button.toggleAttribute("data-kb-voted", isSaid);
    this.button.toggleAttribute("data-kb-waiting", isSaid && !isSent);
    if (!isSaid) this.button.removeAttribute("title");
    else
      this.button.title = isSent
        ? spoken`You said this. Tap again to take it back.`
        : spoken`Not sent yet. Tap again to take it back.`;
  }
}

/**
 * @param {Document} document
 * @param {string} url of the collector
 */
export function startTaps(document, url) {
  const article = document.querySelector("[data-kb-entry]");
  const entry = article?.getAttribute("data-kb-entry");
  const told = document.querySelector("[data-kb-told]");
  if (!entry || !told) return;
  const choices = [
    .../** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-kb-taps] button")),
  ].map((button) => new Choice(button));
  /** @type {Counts | undefined} */
  let live;
  let changes = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function show() {
    const taps = tapsOf(/** @type {string} */ (entry));
    for (const choice of choices) choice.show(taps[choice.question], live);
  }

  /** @param {Counts} counts */
  function take(counts) {
    live = counts;
    changes += 1;
    show();
  }

  /** @param {string} [thanks] what is said when all is sent */
  async function sendAll(thanks) {
    clearTimeout(timer);
    const refused = await loadSending().then(
      ({ sendWaiting }) => sendWaiting(url, entry ?? "", (about, counts) => about === entry && take(counts)),
      () => ({ message: spoken`There is no connection.`, pause: PAUSE }),
    );
    show();
    if (refused) {
      timer = setTimeout(sendAll, Math.min(refused.pause, 3600) * 1000, spoken`Sent.`);
      if (told) told.textContent = spoken`${refused.message} Your tap is kept on this device and sent later.`;
    } else if (thanks && told) told.textContent = thanks;
  }

  async function readCounts() {
    const before = changes;
    // The answer is kept for some seconds; after a tap that would be too long.
    const response = await fetch(`${url}/v1/counts/${entry}`, { cache: "no-cache" });
    if (response.ok && before === changes) take(await response.json());
  }

  document.addEventListener("submit", (event) => {
    const choice = choices.find(({ button }) => button === event.submitter);
    if (!choice) return;
    event.preventDefault();
    const said = tapsOf(entry)[choice.question]?.said === choice.value ? "" : choice.value;
    say(entry, choice.question, said);
    show();
    sendAll(said ? spoken`Counted. Thank you!` : spoken`Taken back.`);
  });
  /** Without counts the page shows those of its build. */
  const renew = () => {
    show();
    readCounts().catch(() => {});
  };
  addEventListener("storage", (event) => isOfTaps(event) && renew());
  addEventListener("online", () => isWaiting() && sendAll(spoken`Sent.`));
  addEventListener("pageshow", (event) => event.persisted && renew());
  takeOver(entry, article?.getAttribute("data-kb-former")?.split(" ") ?? []);
  renew();
  if (isWaiting()) sendAll();
}
