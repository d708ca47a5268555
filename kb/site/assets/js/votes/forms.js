/**
 * Votes where no collector takes them: a tap follows its link to a prefilled form on GitHub, and this device remembers
 * that the form was opened; whether it was sent, no page can know. A second tap takes the mark back.
 */

import { spoken } from "../words.js";

const KEY = "kb-votes";

/**
 * The votes of this device: entry id -> signals. An unreadable or forbidden store counts as empty.
 * @returns {Record<string, string[]>}
 */
export function rememberedVotes() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return stored && typeof stored === "object" && !Array.isArray(stored) ? stored : {};
  } catch {
    return {};
  }
}

/**
 * Remember or forget a vote.
 * @param {string} entry
 * @param {string} signal
 * @param {boolean} voted
 */
export function rememberVote(entry, signal, voted) {
  const votes = rememberedVotes();
  const signals = new Set(Array.isArray(votes[entry]) ? votes[entry] : []);
  if (voted) signals.add(signal);
  else signals.delete(signal);
  votes[entry] = [...signals].sort();
  try {
    localStorage.setItem(KEY, JSON.stringify(votes));
  } catch {
    // Private windows may forbid storage; the form on GitHub opens all the same.
  }
}

/**
 * @param {ParentNode} root
 * @param {Element[]} early links that were tapped before, whose forms are open
 */
export function startForms(root, early) {
  const entry = root.querySelector("[data-kb-entry]")?.getAttribute("data-kb-entry");
  if (!entry) return;
  const remembered = rememberedVotes()[entry];
  const voted = new Set(Array.isArray(remembered) ? remembered : []);
  for (const button of root.querySelectorAll("a[data-kb-vote]")) {
    const signal = button.getAttribute("data-kb-vote") ?? "";
    if (early.includes(button)) {
      voted.add(signal);
      rememberVote(entry, signal, true);
    }
    mark(button, voted.has(signal));
    button.addEventListener("click", (event) => {
      const isVoted = button.hasAttribute("data-kb-voted");
      if (isVoted) event.preventDefault();
      rememberVote(entry, signal, !isVoted);
      mark(button, !isVoted);
    });
  }
}

/**
 * @param {Element} button
 * @param {boolean} voted
 */
function mark(button, voted) {
  button.toggleAttribute("data-kb-voted", voted);
  if (voted) button.setAttribute("title", spoken`You opened this form on this device. Tap again to forget that.`);
  else button.removeAttribute("title");
}
