/** The words that a misspelt one is likely to mean, the closest first. Empty when none is close. */
export function closestWords(written: string, words: readonly string[], most = 3): string[] {
  const wanted = written.slice(0, MAX_LENGTH).toLowerCase();
  const farthest = Math.max(2, Math.floor(wanted.length / 3));
  return words
    .map((word) => ({ word, distance: editDistance(wanted, word.toLowerCase()) }))
    .filter(({ word, distance }) => distance <= farthest || (wanted.length > 3 && word.includes(wanted)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ word }) => word);
}

/** A longer text is no misspelt word, and would take long. */
const MAX_LENGTH = 80;

/** Insertions, deletions and replacements of single characters (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
