/** Finds leaked processes, open files, sockets and files. Linux only, because it reads `/proc`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

interface Footprint {
  /** Pids of the processes that have `mark` in their command line. */
  readonly processes: readonly number[];
  /** In this process. */
  readonly openFiles: number;
  readonly sockets: number;
  /** Files below the folder. */
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

/** Living processes with the text in their command line. A zombie has no command line. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandLineOf(pid).includes(text))
    .sort((a, b) => a - b);
}

/** Living processes of the group with the given leader. */
export function processesOfGroup(leader: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && groupOf(pid) === leader);
}

/** Polls until the condition holds. The generous limit is for hung tests only; its error names the condition. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const started = performance.now();
  while (!holds()) {
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

/** Process group of a process; undefined for a zombie. */
function groupOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (name) state parent group …`; the name may contain any characters.
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
    // The descriptor of `readdirSync` itself is closed.
    return undefined;
  }
}
