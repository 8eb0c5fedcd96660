/** What a host must leave as it found it: processes, open files, sockets, files. Linux only, where `/proc` tells. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface Footprint {
  /** Pids of the processes that have `mark` in their command line. */
  readonly processes: readonly number[];
  /** Of this process. */
  readonly openFiles: number;
  readonly sockets: number;
  /** Below the folder asked about. */
  readonly files: readonly string[];
}

/** @param mark a folder that only the processes of one test have in their arguments */
export function footprint(mark: string): Footprint {
  const links = readdirSync('/proc/self/fd').map((fd) => linkOf(`/proc/self/fd/${fd}`));
  return {
    processes: processesNaming(mark),
    openFiles: links.filter((link) => link !== undefined).length,
    sockets: links.filter((link) => link?.startsWith('socket:')).length,
    files: (readdirSync(mark, { recursive: true }) as string[]).sort(),
  };
}

/** Living processes with the text in their command line. A zombie has none: it is its parent's business. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandLineOf(pid).includes(text))
    .sort((a, b) => a - b);
}

/** Living processes of a group, named by its leader's pid. */
export function processesOfGroup(leader: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && groupOf(pid) === leader);
}

/** Waits until something is so. What it waits for takes milliseconds; the limit only tells a hung test what hung. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const started = performance.now();
  while (!isSo()) {
    assert(performance.now() - started < 10_000, `waited in vain: ${what}`);
    await delay(2);
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Process group of a process that is no zombie. */
function groupOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (name) state parent group …`; the name may hold anything.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : Number(group);
  } catch {
    return undefined;
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // The descriptor that read the folder itself.
    return undefined;
  }
}
