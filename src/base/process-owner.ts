/** Which process made a folder, and whether it is gone. A process that was killed can't remove its folders. */

import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Matches the text of `ownerTag`. */
const tagPattern = /^([0-9a-f]{8})-(\d{1,10})-(\d{1,20})$/;

/** Names this process: where its number counts, its number, and its start time, because numbers are used again. */
export function ownerTag(): string {
  return `${placeOfNumbers()}-${process.pid}-${startTime(process.pid) ?? 0}`;
}

/** Whether the process of a tag has certainly ended. False for one of another machine or container, and for no tag. */
export function ownerIsGone(tag: string): boolean {
  const [, place, pid = '', started = ''] = tagPattern.exec(tag) ?? [];
  if (place !== placeOfNumbers()) return false;
  const now = startTime(Number(pid));
  if (now !== undefined) return started !== '0' && now !== started;
  return !isAlive(Number(pid));
}

/** A shared cache folder may hold folders of another machine, or of a container with process numbers of its own. */
function placeOfNumbers(): string {
  const parts = [
    hostname(),
    quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    quietly(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

/** In clock ticks since the start of the machine. Undefined when there is no such process, and outside Linux. */
function startTime(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // `pid (name) state …`: the name may contain anything; the start time is the 22nd field.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
