import type { CompileTarget } from '../../base/compile-target.ts';
import type { Program } from '../process/program.ts';
import { noSandbox, type SecurityStatus } from '../wire/handshake.ts';
import type { WireRevision } from '../wire/revision.ts';
import type { SecurityProbes } from './security-probe.ts';

/** All that the host has to know of a worker before it spawns it. */
export type ExaminedWorker = OfficialWorker | PortableWorker;

interface AnyWorker {
  /** The file that it is: a binary, or the built-in worker's bundle. */
  readonly path: string;
  readonly program: Program;
  /** Node version: what it printed for `--version`. */
  readonly version: string;
  readonly revision: WireRevision;
  /** SHA-256, 64 hex digits: two workers of one version may still compile differently. */
  readonly identity: string;
}

/** A worker of Polkadot's. */
export interface OfficialWorker extends AnyWorker {
  readonly kind: 'official';
  readonly security: SecurityProbes;
}

/** The built-in worker. It has no sandbox: it never runs what it compiles, and its compiler is WebAssembly itself. */
export interface PortableWorker extends AnyWorker {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: CompileTarget;
  /** Are CPU time and memory those of the compiler, or an estimate of what a native worker would need? */
  readonly figures: Figures;
}

export type Figures = 'measured' | 'estimated';

/** How a worker comes by the CPU time and the memory that it reports. */
export function figuresOf(worker: ExaminedWorker): Figures {
  return worker.kind === 'official' ? 'measured' : worker.figures;
}

/** The flags for the handshake: what is available is used, but secure validator mode stays off (protocol, 6.4). */
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
