import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { WatchedFolder } from './target-folder.ts';

/**
 * Watches one folder and nothing below it. Undefined where that can't be done: the folder is not there, or the machine has
 * no watches left.
 * @param ended the folder was removed or renamed, or can't be watched any more
 */
export function watchFolder(
  { path, pattern, sees }: WatchedFolder,
  changed: () => void,
  ended: () => void,
): Disposable | undefined {
  const matches = namesOf(pattern);
  const hear = (event: string, name: string | null) => {
    const isMeant = name === null || matches.test(name);
    if (isMeant && (event === 'rename' || sees === 'contents')) changed();
    // So a folder tells its own end; an entry of the same name only makes the watcher begin anew.
    if (event === 'rename' && name === basename(path)) end();
  };
  const end = () => {
    ended();
    changed();
  };
  const watcher = attempt(() => watch(path, { persistent: false }, hear));
  watcher?.on('error', end);
  return watcher && { [Symbol.dispose]: () => watcher.close() };
}

/** Of a glob without slashes: `*`, `?` and `{a,b}`. */
function namesOf(pattern: string): RegExp {
  const text = pattern
    .replace(/[\\^$.+()|[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replace(/\{([^{}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return new RegExp(`^${text}$`, 's');
}

function attempt(action: () => FSWatcher): FSWatcher | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
