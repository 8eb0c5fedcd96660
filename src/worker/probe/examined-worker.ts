import type { CompileTarget } from '../../base/compile-target.ts';
import type { Figures, SandboxProbes } from '../../model/workers.ts';
import type { Program } from '../process/program.ts';
import { noSandbox, type SecurityStatus } from '../wire/handshake.ts';
import type { WireRevision } from '../wire/revision.ts';

/** What the host needs to know about a worker before it spawns it. */
export type ExaminedWorker = OfficialWorker | PortableWorker;

interface AnyWorker {
  /** The binary, or the bundle of the built-in worker. */
  readonly path: string;
  readonly program: Program;
  /** The node version that it prints for `--version`. */
  readonly version: string;
  readonly revision: WireRevision;
  /** SHA-256, 64 hex digits. Two workers of one version may still compile differently. */
  readonly identity: string;
}

/** One of Polkadot's own workers. */
export interface OfficialWorker extends AnyWorker {
  readonly kind: 'official';
  readonly security: SandboxProbes;
}

/** The built-in worker. It needs no sandbox: it never runs what it compiles, and its compiler runs inside WebAssembly. */
export interface PortableWorker extends AnyWorker {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: CompileTarget;
  readonly figures: Figures;
  /** It measures what each function costs. */
  readonly costs: boolean;
}

export function figuresOf(worker: ExaminedWorker): Figures {
  return worker.kind === 'official' ? 'measured' : worker.figures;
}

/** Whether the worker leaves the costs of a job in its directory. */
export function leavesCosts(worker: ExaminedWorker): boolean {
  return worker.kind === 'portable' && worker.costs;
}

/** The flags for the handshake: every feature that works here. Secure validator mode stays off (protocol, 6.4). */
export function securityStatus(worker: ExaminedWorker): SecurityStatus {
  if (worker.kind === 'portable') return noSandbox;
  const { landlock, seccomp, changeRoot, secureClone } = worker.security;
  return {
    secureValidatorMode: false,
    canEnableLandlock: landlock.available,
    canEnableSeccomp: seccomp.available,
    canUnshareUserNamespaceAndChangeRoot: changeRoot.available,
    canDoSecureClone: secureClone.available,
  };
}

/** Directives for a worker's `RUST_LOG`. The built-in worker reports its progress as log messages. */
export function logDirectives({ kind }: ExaminedWorker, level: 'quiet' | 'debug'): string {
  if (level === 'debug') return 'parachain=debug';
  return kind === 'portable' ? 'parachain::pvf-prepare-worker=debug' : '';
}
