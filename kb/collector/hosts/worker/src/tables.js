/** What the server and the worker share, written from Python by tests, not by hand. */

export const SIGNALS = {"works": "Works", "easy_fix": "Easy fix", "time_saver": "Time saver", "blocking": "Blocking", "common_issue": "Common issue", "flaky": "Flaky / intermittent", "verified": "Verified / reproducible"};
export const WORDS_OF_HELPFUL = {"helpful": "Helpful: Yes", "unhelpful": "Helpful: No"};
export const HELPFUL = "helpful";
export const UNHELPFUL = "unhelpful";
export const OF_WORKAROUNDS = "works";
export const LEFT = 400;
