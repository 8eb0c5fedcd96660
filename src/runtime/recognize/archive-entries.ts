import { quoteLine } from '../../base/text.ts';
import type { InputFault } from '../input-error.ts';
import { looksLikeRuntime } from '../magic.ts';

export interface ArchiveEntry {
  readonly name: string;
  /** The first bytes of its content, as far as they can be read. */
  readonly head: Uint8Array;
}

const MAX_NAMES = 3;

/**
 * Names the entries that look like runtimes.
 * @param archive with its article
 * @param count of all entries; `entries` may have fewer
 */
export function describeArchive(
  id: 'zip-archive' | 'archive',
  archive: string,
  entries: readonly ArchiveEntry[],
  count: number,
): InputFault {
  const names = entries.filter(isRuntime).map(({ name }) => quoteLine(name));
  const shown = names.slice(0, MAX_NAMES).join(', ');
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  if (names.length > 0) {
    const verb = names.length === 1 ? 'looks like a runtime' : 'look like runtimes';
    const what = names.length === 1 ? 'of that file' : 'of one of them';
    const cause = `this is ${archive}, and in it ${shown}${more} ${verb}`;
    return { id, cause, remedy: `Unpack the archive and give the path ${what}.` };
  }
  const content =
    count === 1 ? 'its only entry does not look like a runtime' : `none of its ${count} entries looks like a runtime`;
  return {
    id,
    cause: `this is ${archive}, and ${count === 0 ? 'it is empty' : content}`,
    remedy: 'Unpack the archive and give the path of the runtime blob.',
  };
}

function isRuntime({ name, head }: ArchiveEntry): boolean {
  // macOS adds entries such as `._runtime.wasm` with the attributes of the files.
  return looksLikeRuntime(head) || /(^|\/)(?!\._)[^/]*\.wasm$/i.test(name);
}
