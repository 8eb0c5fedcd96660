/** A cheap look whether anything may have changed: the times of folders and files, without listing or reading them. */
import { stat } from 'node:fs/promises';

/** Equal texts: nothing appeared, went, or was written. Only for comparing. */
export async function probe(paths: readonly string[]): Promise<string> {
  const states = await Promise.all(paths.map(stateOf));
  return states.join('\n');
}

async function stateOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'absent';
  }
}
