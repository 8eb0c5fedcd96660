/** Which code of a chain spec the user chose, by file. VS Code stores it for the workspace. */
import type { Memento } from './report-memory.ts';

const KEY = 'pvf.chainSpecCodes';
const MAX_FILES = 50;

/** `block`: the key of a code substitute. Absent: the genesis code. */
export interface CodeChoice {
  readonly block?: string;
}

type Saved = readonly (readonly [file: string, block: string | null])[];

/** The last choice for a file. Undefined if there is none, or if the file no longer has that code. */
export function lastChoice(memento: Memento, file: string, codes: readonly CodeChoice[]): CodeChoice | undefined {
  const entry = saved(memento).find(([path]) => path === file);
  return entry && codes.find(({ block }) => block === (entry[1] ?? undefined));
}

export function rememberChoice(memento: Memento, file: string, { block }: CodeChoice): PromiseLike<void> {
  const others = saved(memento).filter(([path]) => path !== file);
  return memento.update(KEY, [[file, block ?? null], ...others].slice(0, MAX_FILES));
}

/** Ignores whatever else the store has under this key. */
function saved(memento: Memento): Saved {
  const value = memento.get(KEY);
  return Array.isArray(value) ? value.filter((entry) => Array.isArray(entry) && typeof entry[0] === 'string') : [];
}
