// Runs one program to its end. Whatever it has started ends with it: at its deadline, and when we are asked to stop.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const stopSignals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const GRACE_MS = 3000;

/**
 * Resolves with undefined when the program succeeded, otherwise with what happened, as `exited with status 1`.
 * A signal to us ends the program, all below it, and then us; a second one does so without grace.
 * @param options.givenUp an abort signal by which the caller ends the program; its reason is what happened then
 */
export async function run(program, args, { cwd, env = process.env, stdio = 'inherit', minutes, givenUp }) {
  // A session of its own: a Ctrl-C then reaches us alone, while everything below still hangs together.
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
        // Never resolved once we are to stop: the caller must not go on to its next program.
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

/** A signal to a process and all below it, KILL to what is left after a while. */
async function endTree(pid, signal, graceMs) {
  if (pid === undefined) return;
  const doomed = new Set([pid, ...below(pid)]);
  for (const one of doomed) signalTo(one, signal);
  const end = performance.now() + graceMs;
  const isLeft = (list) => [...doomed].some((one) => list.has(one));
  while (performance.now() < end && isLeft(processes())) await sleep(50);
  for (const one of doomed) {
    for (const late of below(one)) signalTo(late, 'SIGKILL');
    signalTo(one, 'SIGKILL');
  }
}

function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** The pids of everything that a process has started, directly or not. */
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

/** Parents by pid, without those that have ended and wait to be noticed. Linux may lack `ps`, others lack /proc. */
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
