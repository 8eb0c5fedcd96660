import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** More CPU time than the start of a worker takes, in clock ticks (usually 10 ms). */
const BUSY_TICKS = 30;

/** Waits until a prepare worker of this extension host is busy, and returns its process id. */
export async function busyWorker(): Promise<string> {
  const before = new Map(workers().map((pid) => [pid, ticksOf(pid)]));
  const find = () => workers().find((pid) => ticksOf(pid) - (before.get(pid) ?? 0) > BUSY_TICKS);
  return (await until('a worker is busy', find, (pid) => pid !== undefined)) ?? '';
}

export function isAlive(pid: string): boolean {
  return workers().includes(pid);
}

/** The workers of this extension host. */
function workers(): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isWorker(pid) && isBelow(pid, process.pid));
}

function isWorker(pid: string): boolean {
  const line = textOf(`/proc/${pid}/cmdline`);
  return line.includes('prepare-worker') && line.includes('--socket-path');
}

function isBelow(pid: string, ancestor: number): boolean {
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  if (parent === undefined || parent === '0') return false;
  return Number(parent) === ancestor || isBelow(parent, ancestor);
}

/** User and system time: fields 14 and 15. Counts after the name, which may contain any characters. */
function ticksOf(pid: string): number {
  const fields = textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** Empty if the process has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
