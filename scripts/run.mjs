// Runs one program to its end. At its deadline, and when this process gets a signal, it ends with all its descendants.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const stopSignals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const GRACE_MS = 3000;

/**
 * Resolves with undefined when the program succeeded, otherwise with what happened, such as `exited with status 1`.
 * A signal to this process ends the program, its descendants and then this process. A second signal skips the grace
 * period.
 * @param options.givenUp an abort signal that ends the program; its reason becomes the result
 */
export async function run(program, args, { cwd, env = process.env, stdio = 'inherit', minutes, givenUp }) {
  // A session of its own, so that Ctrl-C reaches only this process.
  const child = spawn(program, args, { cwd, env, stdio, detached: process.platform !== 'win32' });
  let ending;
  const stop = (signal) => {
    const graceMs = ending === 'stopped' ? 0 : GRACE_MS;
    ending = 'stopped';
    void endTree(child.pid, signal, graceMs).then(() => process.exit(stopSignals[signal]));
  };
  for (const signal of Object.keys(stopSignals)) process.on(signal, stop);
  const giveUp = (reason) => {
    ending ??= reason;
    void endTree(child.pid, 'SIGTERM', GRACE_MS);
  };
  const deadline = setTimeout(giveUp, minutes * 60_000, `was not done after ${minutes} minutes`);
  givenUp?.addEventListener('abort', () => giveUp(givenUp.reason), { once: true });
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) => {
        // Never resolves while stopping, so that the caller does not go on to its next program.
        if (ending === 'stopped') return;
        if (ending !== undefined) resolve(ending);
        else if (code === 0) resolve(undefined);
        else resolve(signal ? `was killed by ${signal}` : `exited with status ${code}`);
      });
    });
  } finally {
    clearTimeout(deadline);
    for (const signal of Object.keys(stopSignals)) process.off(signal, stop);
  }
}

/** Sends a signal to a process and its descendants, then KILL to those that are left after the grace period. */
async function endTree(pid, signal, graceMs) {
  if (pid === undefined) return;
  const pids = new Set([pid, ...below(pid)]);
  for (const one of pids) signalTo(one, signal);
  const end = performance.now() + graceMs;
  const isLeft = (list) => [...pids].some((one) => list.has(one));
  while (performance.now() < end && isLeft(processes())) await sleep(50);
  for (const one of pids) {
    for (const late of below(one)) signalTo(late, 'SIGKILL');
    signalTo(one, 'SIGKILL');
  }
}

function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has already ended.
  }
}

/** The pids of a process's descendants. */
function below(pid) {
  const found = [];
  const parents = processes();
  const visit = (parent) => {
    for (const [child, itsParent] of parents) {
      if (itsParent !== parent) continue;
      found.push(child);
      visit(child);
    }
  };
  visit(pid);
  return found;
}

/** Parent by pid, without zombies. Linux may lack `ps`; other systems lack /proc. */
function processes() {
  const lines = process.platform === 'linux' ? procLines() : psLines();
  const fields = lines.map((line) => /^\s*(\d+) .*?([A-Z])\S* +(\d+)$/.exec(line)).filter((match) => match !== null);
  return new Map(
    fields.filter(([, , state]) => state !== 'Z').map(([, pid, , parent]) => [Number(pid), Number(parent)]),
  );
}

function procLines() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const [, state, parent] = /\) (\S) (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
        return `${pid} ${state} ${parent}`;
      } catch {
        return '';
      }
    });
}

function psLines() {
  if (process.platform === 'win32') return [];
  return execFileSync('ps', ['-A', '-o', 'pid=,state=,ppid='], { encoding: 'utf8' }).split('\n');
}
