/** The blocks of a Markdown page that has a size limit. */

/** GitHub refuses a comment of more than 65 536 characters. Counted as bytes, because others count those. */
export const MAX_COMMENT_BYTES = 65_000;

/** For the note about what is left out. */
const NOTE_BYTES = 200;

export interface Block {
  readonly text: string;
  /** Only shown if the page has room for it, after all blocks without this mark. */
  readonly isExtra?: boolean;
}

/** Lines that the reader unfolds. @param title plain text: Markdown has no effect there, but HTML does */
export function folded(title: string, body: string): string {
  return `<details>\n<summary>${htmlText(title)}</summary>\n\n${body}\n\n</details>`;
}

/**
 * The blocks, in their order, as far as the room suffices: a block that does not fit is left out, the extra ones first. A note at
 * the end says so.
 * @param room bytes
 */
export function joinBlocks(blocks: readonly Block[], room: number): string {
  const all = blocks.filter(({ text }) => text !== '');
  const kept = new Set<Block>();
  let left = room - NOTE_BYTES;
  for (const isExtra of [false, true]) {
    for (const block of all) {
      if ((block.isExtra ?? false) !== isExtra) continue;
      const bytes = bytesOf(block.text) + 2;
      if (bytes > left) continue;
      left -= bytes;
      kept.add(block);
    }
  }
  const note =
    kept.size < all.length ? ['Parts are left out, because a comment has a size limit. The JSON report has all.'] : [];
  return [...all.filter((block) => kept.has(block)).map(({ text }) => text), ...note].join('\n\n');
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function htmlText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // So that a comment notifies no one.
  return escaped.replaceAll('@', '@<!-- -->');
}
