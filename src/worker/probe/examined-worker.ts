import type { CompileTarget } from '../../base/compile-target.ts';
import type { Program } from '../process/program.ts';
import { noSandbox, type SecurityStatus } from '../wire/handshake.ts';
import type { WireRevision } from '../wire/revision.ts';
import type { SecurityProbes } from './security-probe.ts';

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
  readonly security: SecurityProbes;
}

/** The built-in worker. It has no sandbox: it never runs what it compiles, and its compiler runs inside WebAssembly. */
export interface PortableWorker extends AnyWorker {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: CompileTarget;
  /** Whether CPU time and memory are measured, or estimates of what a native worker would need. */
  readonly figures: Figures;
}

export type Figures = 'measured' | 'estimated';

/** Whether the worker measures or estimates the CPU time and the memory that it reports. */
export function figuresOf(worker: ExaminedWorker): Figures {
  return worker.kind === 'official' ? 'measured' : worker.figures;
}

/** The flags for the handshake: all features that work here. Secure validator mode stays off (protocol, 6.4). */
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
