/** Programs that are not a working prepare worker, each with what the report must say about it. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutcomeKind } from '../../src/model/outcome-table.ts';
import type { Vote } from '../../src/model/report.ts';
import { errAnswer, type FakeBehaviour, type FakeSpawn, framed, installFakeWorker, okAnswer } from './fake-worker.ts';

export interface BrokenWorker {
  /** Installs the program below the folder and returns the value for `--worker`. */
  install(folder: string): string | Promise<string>;
  /** Arguments besides `--worker`. */
  readonly args?: readonly string[];
  readonly vote: Vote;
  readonly outcome: OutcomeKind;
  /** Matches the verdict's reason. */
  readonly reason: RegExp;
  /** Matches the hint of the outcome's finding. */
  readonly hint?: RegExp;
}

function file(content: string, mode: number): BrokenWorker['install'] {
  return (folder) => {
    const path = join(folder, 'worker');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
}

const script = (lines: string) => file(`#!/bin/sh\n${lines}\n`, 0o755);
const fake = (behaviour: FakeBehaviour) => (folder: string) => installFakeWorker(folder, behaviour).program;

/** A fake that behaves the same at each spawn. */
function spawned(how: FakeSpawn | Promise<FakeSpawn>): BrokenWorker['install'] {
  return async (folder) => installFakeWorker(folder, { spawns: [await how] }).program;
}

/** A worker that connects and writes before it gets a request. */
export const installTalkativeWorker = file(
  `#!${process.execPath}
const [word, , socketPath] = process.argv.slice(2);
if (word === '--version') console.log('1.25.1');
else if (word !== 'prepare-worker') process.exitCode = 1;
else {
  const socket = require('node:net').connect(socketPath, () => socket.write('hello, host; it is me, your worker'));
  socket.on('error', () => {}).resume();
}
`,
  0o755,
);

/** A fake with a truncated or changed response. */
async function withOk(change: (ok: { bytes: string; artifact: string }) => FakeSpawn): Promise<FakeSpawn> {
  return change(await okAnswer());
}

const notAWorker = { vote: 'undecided', outcome: 'unsupported-worker', hint: /--worker/ } as const;
const notAProgram = { ...notAWorker, outcome: 'not-spawned' } as const;
const notSpawned = { vote: 'undecided', outcome: 'not-spawned' } as const;
const ioError = { vote: 'undecided', outcome: 'io-error', hint: /nothing about the runtime/ } as const;
/** The host waits four times as long by the wall clock. */
const soon = ['--timeout', '0.2'];

export const programsThatAreNoWorker: Readonly<Record<string, BrokenWorker>> = {
  'a file that may not be executed': {
    ...notSpawned,
    install: file('#!/bin/sh\necho 1.25.1\n', 0o644),
    reason: /can't be used as a prepare worker \(not-executable\): .*chmod \+x/,
    hint: /`pvf workers build`/,
  },
  'a folder': {
    ...notSpawned,
    install: (folder) => {
      mkdirSync(join(folder, 'worker'));
      return join(folder, 'worker');
    },
    reason: /\(not-a-file\): This is a folder/,
  },
  'a path where nothing is': {
    ...notSpawned,
    install: (folder) => join(folder, 'worker'),
    reason: /\(missing\): The file does not exist/,
  },
  ls: { ...notAWorker, install: () => '/bin/ls', reason: /\/bin\/ls is not a prepare worker: --version printed/ },
  true: { ...notAWorker, install: () => '/bin/true', reason: /\/bin\/true is not a prepare worker/ },
  cat: { ...notAWorker, install: () => '/bin/cat', reason: /\/bin\/cat is not a prepare worker/ },
  false: { ...notAWorker, install: () => '/bin/false', reason: /--version exited with status 1/ },
  'another program whose version looks like one': {
    ...notAWorker,
    install: () => process.execPath,
    reason: /is not a prepare worker: .* exited with status \d+ before it connected/,
  },
  'an empty file': {
    ...notAProgram,
    install: file('', 0o755),
    reason: /an empty file, not a program/,
  },
  'a script whose interpreter is missing': {
    ...notAProgram,
    install: file('#!/no/such/interpreter\n', 0o755),
    reason: /a script for .*, which does not exist/,
  },
  'one that fails when asked for its version': {
    ...notAWorker,
    install: script('echo it broke >&2; exit 7'),
    reason: /--version exited with status 7: it broke/,
  },
  'one that dies when asked for its version': {
    ...notAWorker,
    install: script('kill -SEGV $$'),
    reason: /--version was killed by SIGSEGV/,
  },
  'one that writes to the terminal': {
    ...notAWorker,
    install: script("printf '\\033[2J\\033]0;x\\007'"),
    reason: /--version printed "\\u001b\[2J/,
  },
  'a worker from before 1.4.0': {
    ...notAWorker,
    install: fake({ version: { stdout: '1.3.0\n' } }),
    reason: /prints version 1\.3\.0; workers before 1\.4\.0 are not supported/,
  },
};

export const workersThatFail: Readonly<Record<string, BrokenWorker>> = {
  'exits at once': {
    ...notSpawned,
    install: spawned({ start: 'exit', status: 3, stderr: 'no sandbox for me\n' }),
    reason: /exited with status 3 before it connected\s+no sandbox for me/,
    hint: /`pvf workers diagnose`/,
  },
  'answers with garbage': {
    vote: 'undecided',
    outcome: 'unsupported-worker',
    install: spawned({ jobs: [{ bytes: framed(Buffer.from('deadbeef'.repeat(20), 'hex')) }] }),
    reason: /\(version 1\.25\.1\) sent an invalid answer: 80 bytes that begin 0xdeadbeef/,
    hint: /--wire-revision/,
  },
  'announces 2^63 bytes': {
    ...ioError,
    install: spawned({ jobs: [{ bytes: '0000000000000080' }] }),
    reason: /a frame announces 9223372036854775808 bytes; at most \d+ are accepted/,
  },
  'sends half a frame and hangs': {
    vote: 'reject',
    outcome: 'timed-out',
    install: spawned(withOk(({ bytes }) => ({ jobs: [{ bytes: bytes.slice(0, 60) }] }))),
    args: soon,
    reason: /had not finished after 800 ms of wall-clock time/,
    hint: /Slower validators/,
  },
  'never answers': {
    vote: 'reject',
    outcome: 'timed-out',
    install: spawned({ jobs: [{}] }),
    args: soon,
    reason: /had not finished after 800 ms of wall-clock time/,
  },
  'sends half a frame and closes': {
    ...ioError,
    install: spawned(withOk(({ bytes }) => ({ jobs: [{ bytes: bytes.slice(0, 60), after: 'close' }] }))),
    reason: /io error while receiving response: early eof/,
  },
  'dies while busy': { ...ioError, install: spawned({ jobs: [{ after: 'die' }] }), reason: /early eof/ },
  'exits while busy': { ...ioError, install: spawned({ jobs: [{ after: 'exit' }] }), reason: /early eof/ },
  'sends the checksum of another artifact': {
    ...ioError,
    install: async (folder) =>
      installFakeWorker(folder, { spawns: [{ jobs: [await okAnswer({ checksumOf: 'ffff' })] }] }).program,
    reason: /the artifact on disk has the hash 0x[0-9a-f]{64}, but the worker reported 0x[0-9a-f]{64}/,
  },
  'says that its job was killed': {
    vote: 'undecided',
    outcome: 'job-died',
    install: spawned({
      jobs: [errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGKILL', jobPid: 42 } })],
    }),
    reason: /prepare job with pid 42 died: received signal: SIGKILL/,
    hint: /memory/,
  },
  'says that its job crashed': {
    vote: 'reject',
    outcome: 'job-died',
    install: spawned({
      jobs: [errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGSEGV', jobPid: 42 } })],
    }),
    reason: /received signal: SIGSEGV/,
    hint: /polkadot-sdk/,
  },
};

/** Odd behaviour that does not prevent a verdict. */
export const workersThatAreOdd: Readonly<Record<string, BrokenWorker['install']>> = {
  'sends bytes after the value': spawned(
    withOk(({ bytes, artifact }) => {
      const payload = Buffer.concat([Buffer.from(bytes, 'hex').subarray(8), Buffer.from('and more')]);
      return { jobs: [{ bytes: framed(payload), artifact }] };
    }),
  ),
  'sends bytes after the frame': spawned(
    withOk(({ bytes, artifact }) => ({ jobs: [{ bytes: `${bytes}0011`, artifact }] })),
  ),
  'writes a lot to stderr': spawned(withOk((ok) => ({ stderr: 'noise\n'.repeat(5000), jobs: [ok] }))),
  'leaves files in its folder': spawned(withOk((ok) => ({ jobs: [{ ...ok, litter: 'core.123' }] }))),
  'ignores TERM, and has a child': spawned(withOk((ok) => ({ ignoresTerm: true, grandchild: true, jobs: [ok] }))),
};
