/** Which of several files holds what has a name. The twin of `shard_of` in `kb/match/fixes.py`. */

/**
 * The number of the shard, of `count`: the FNV-1a hash of the name.
 * @param {string} name
 * @param {number} count
 */
export function shardOf(name, count) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
