/** A fake prepare worker, a real process that behaves or misbehaves as a test wants. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../src/base/bytes.ts';
import { twox256Factory } from '../../src/base/hash.ts';
import type { PrepareError } from '../../src/polkadot/prepare-error.ts';
import { durationFromMillis } from '../../src/polkadot/scale.ts';
import type { OfficialWorker } from '../../src/worker/probe/examined-worker.ts';
import { programAt } from '../../src/worker/process/program.ts';
import { encodeFrame } from '../../src/worker/wire/frame.ts';
import type { Checksum, PrepareWorkerSuccess } from '../../src/worker/wire/response.ts';
import { responseCodec, revision } from '../../src/worker/wire/revision.ts';
import type { RevisionId } from '../../src/worker/wire/revision-id.ts';

/** How the fake responds to one request. The bytes are hex; the fake writes them to the socket without a frame. */
export interface FakeAnswer {
  readonly bytes?: string;
  /** Hex that the fake writes to `tmp-artifact` first. If absent, the file stays empty. */
  readonly artifact?: string;
  /** Name of a file to leave in the worker's directory. */
  readonly litter?: string;
  /** What the fake puts in the place of `tmp-artifact`. */
  readonly instead?: Instead;
  /** What the fake leaves as the built-in worker's file of costs. */
  readonly costs?: Instead | { readonly hex: string };
  /** A tree to leave in the worker's directory: nested so deeply, with so many files, or a folder that nobody may read. */
  readonly tree?: { readonly depth: number } | { readonly files: number } | { readonly mode: number };
  /** Written after the request arrived, before the delay. */
  readonly stderr?: string;
  /** Written to stderr after that: so many bytes, in lines of so many bytes (0: without a line feed). */
  readonly flood?: { readonly bytes: number; readonly lineBytes: number };
  readonly delayMs?: number;
  /** `die`: by SIGKILL. `close`: closes only the socket. */
  readonly after?: 'stay' | 'close' | 'die' | 'exit';
}

export type Instead =
  | { readonly kind: 'nothing' | 'fifo' | 'folder' | 'socket' }
  | { readonly kind: 'link' | 'hard-link'; readonly target: string }
  | { readonly kind: 'sparse'; readonly bytes: number };

export interface FakeSpawn {
  /** `stay`: never connects. */
  readonly start?: 'connect' | 'stay' | 'exit';
  /** For `exit`. */
  readonly status?: number;
  readonly stderr?: string;
  readonly connectAfterMs?: number;
  /** `false`: connects, but does not read from the socket. */
  readonly reads?: boolean;
  /** `false`: the first frame is a request, as in wire revision 5.0.0. */
  readonly handshake?: boolean;
  readonly ignoresTerm?: boolean;
  /** Starts a child, as a real worker does for a job. */
  readonly grandchild?: boolean;
  /** The fake exits when a request has another number of bytes after the code, as if it could not decode it. */
  readonly bytesAfterCode?: number;
  /** One for each request; the last one repeats. */
  readonly jobs?: readonly FakeAnswer[];
}

interface FakeWord {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly status?: number;
  readonly hangs?: boolean;
}

export interface FakeBehaviour {
  readonly version?: FakeWord;
  /** For every `--check-can-…`. */
  readonly probe?: FakeWord;
  /** One for each spawn as a worker; the last one repeats. */
  readonly spawns?: readonly FakeSpawn[];
}

interface Started {
  readonly argv: string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** What the fake recorded, in order. */
export type FakeRecord = { readonly pid: number } & (
  | ({ readonly kind: 'word' } & Started)
  | ({ readonly kind: 'spawn' } & Started)
  | { readonly kind: 'handshake'; readonly hex: string }
  /** The first 512 bytes, and the total number. */
  | { readonly kind: 'request'; readonly hex: string; readonly bytes: number }
  | { readonly kind: 'grandchild'; readonly grandchild: number }
  | { readonly kind: 'ignored'; readonly signal: string }
  /** After `close`: the host has closed its side too. */
  | { readonly kind: 'closed' }
);

export interface FakeWorker {
  readonly program: string;
  /** The result that `examineWorker` would have. */
  readonly examined: OfficialWorker;
  records<Kind extends FakeRecord['kind']>(kind: Kind): Extract<FakeRecord, { kind: Kind }>[];
}

const script = readFileSync(join(import.meta.dirname, 'fake-worker-script.cjs'), 'utf8');

/** Installs a fake worker in a folder below `folder`. */
export function installFakeWorker(folder: string, behaviour: FakeBehaviour, wire: RevisionId = '26.0.0'): FakeWorker {
  const home = join(folder, 'fake');
  const program = join(home, 'polkadot-prepare-worker');
  mkdirSync(home);
  const all: Required<FakeBehaviour> = { version: { stdout: '1.25.1\n' }, probe: {}, spawns: [{}], ...behaviour };
  // The environment is empty, so `env node` would not find node.
  writeFileSync(program, `#!${process.execPath}\n${script}`);
  writeFileSync(`${program}.json`, JSON.stringify(all));
  chmodSync(program, 0o755);
  return {
    program,
    examined: {
      kind: 'official',
      path: program,
      program: programAt(program),
      version: '1.25.1',
      revision: revision(wire),
      security: { landlock: off, seccomp: off, changeRoot: off, secureClone: off },
      identity: 'fake',
    },
    records: (kind) => readRecords(`${program}.log`).filter((record) => record.kind === kind) as never,
  };
}

const off = { available: false, reason: 'a fake' } as const;

function readRecords(path: string): FakeRecord[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as FakeRecord);
}

export interface OkOptions {
  readonly artifact?: string;
  readonly cpuMs?: number;
  readonly wire?: RevisionId;
  readonly memory?: PrepareWorkerSuccess['stats']['memoryStats'];
  /** Hex of another artifact, for a wrong checksum. */
  readonly checksumOf?: string;
}

const someMemory = { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 1024n };

/** A framed Ok response and its artifact. */
export async function okAnswer(options: OkOptions = {}): Promise<{ bytes: string; artifact: string }> {
  const { artifact = '0a0b0c', cpuMs = 1, wire = '26.0.0', memory = someMemory, checksumOf = artifact } = options;
  const { response } = revision(wire);
  const checksums: Record<typeof response.checksum, Checksum | undefined> = {
    bytes: { algorithm: 'twox-256', hex: await twox256Of(checksumOf) },
    'hex-text': { algorithm: 'blake3', hex: `0x${'ab'.repeat(32)}` },
    none: undefined,
  };
  const value: PrepareWorkerSuccess = {
    checksum: checksums[response.checksum],
    stats: {
      cpuTimeElapsed: durationFromMillis(cpuMs),
      memoryStats: memory,
      observedWasmCodeLen: response.observedCodeLength === 'present' ? 86 : undefined,
    },
  };
  return { bytes: framed(responseCodec(revision(wire), process.platform).enc({ success: true, value })), artifact };
}

/** A framed Err response. */
export function errAnswer(value: PrepareError, wire: RevisionId = '26.0.0'): { bytes: string } {
  return { bytes: framed(responseCodec(revision(wire), process.platform).enc({ success: false, value })) };
}

/** A payload with its frame, as hex. */
export function framed(payload: Uint8Array): string {
  return Buffer.from(encodeFrame(payload)).toString('hex');
}

export async function twox256Of(hex: string): Promise<string> {
  const hash = (await twox256Factory())();
  hash.update(Buffer.from(hex, 'hex'));
  return toHex(hash.digest());
}
