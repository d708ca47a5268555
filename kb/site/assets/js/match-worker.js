/** Looks through a file for known errors, piece by piece, beside the page. */

import { Matcher } from "./match/matcher.js";
import { matchStream } from "./match/stream.js";
import { excerptOf } from "./matching.js";

/** Bytes of a piece that are kept, so that an answer's excerpt can still be cut out of them. */
const KEPT = 1 << 20;
/** Characters that are matched at once: each time, some of those before are looked at again. */
const PIECE = 1 << 18;

addEventListener("message", async ({ data: { file, index } }) => {
  try {
    const matcher = await Matcher.fromUrl(index);
    let kept = "";
    let dropped = 0;
    let read = 0;
    let waiting = "";
    /** The file's text, remembering its last part. */
    async function* pieces() {
      const decoder = new TextDecoder(await encodingOf(file));
      const reader = file.stream().getReader();
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
        const piece = decoder.decode(value, { stream: true });
        read += value.length;
        kept += piece;
        if (kept.length > 2 * KEPT) {
          dropped += kept.length - KEPT;
          kept = kept.slice(-KEPT);
        }
        waiting += piece;
        if (waiting.length < PIECE) continue;
        yield waiting;
        waiting = "";
      }
      yield waiting;
    }
    const tell = () => postMessage({ share: file.size ? read / file.size : 1 });
    for await (const answer of matchStream(matcher, pieces(), tell)) {
      const place = { start: Math.max(0, answer.start - dropped), end: Math.max(0, answer.end - dropped) };
      postMessage({ answer: { ...answer, excerpt: excerptOf(kept, place) } });
    }
    postMessage({ done: true });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});

/**
 * The encoding of a file. PowerShell's `>` writes UTF-16, and says so by its first two bytes.
 * @param {Blob} file
 */
async function encodingOf(file) {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
