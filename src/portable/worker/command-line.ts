import { type Instances, instancesRule, parseInstances } from '../../worker/built-in/instances.ts';
import { builtInVersion } from '../../worker/built-in/version.ts';

/** The command line of Polkadot's worker (`decl_worker_main!`), preceded by our own options. */
export type CommandLine =
  | { readonly kind: 'version' | 'full-version' | 'help' }
  /** Whether a sandbox feature works. */
  | { readonly kind: 'check' }
  | { readonly kind: 'prepare'; readonly own: OwnOptions; readonly worker: WorkerOptions };

/** Options that Polkadot's worker does not have. */
export interface OwnOptions {
  /** Folder of the function store. Absent: no store. */
  readonly store?: string;
  readonly instances: Instances;
  /** Path of the native helper. */
  readonly native?: string;
  /** Folder of the packed engine. Absent: beside the program. */
  readonly engine?: string;
  /** Measure what each function costs, and write that beside the artifact. */
  readonly costs: boolean;
}

export interface WorkerOptions {
  readonly socketPath: string;
  readonly workerDir: string;
  readonly nodeVersion?: string;
}

/** Polkadot's worker panics on these arguments. This worker imitates that. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}

const checks = [
  '--check-can-enable-landlock',
  '--check-can-enable-seccomp',
  '--check-can-unshare-user-namespace-and-change-root',
  '--check-can-do-secure-clone',
];

/** Throws `BadArguments`. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, rest } = takeOptions(args, ['--store', '--instances', '--native', '--engine', '--costs']);
  const [word, ...others] = rest;
  switch (word) {
    case undefined:
    case '--help':
    case '-h':
      return { kind: 'help' };
    case '--version':
    case '-v':
      return { kind: 'version' };
    case '--full-version':
      return { kind: 'full-version' };
    case 'prepare-worker':
      return { kind: 'prepare', own: ownOptions(values), worker: workerOptions(others) };
  }
  if (checks.includes(word)) return { kind: 'check' };
  throw new BadArguments(`unknown subcommand: ${word}`);
}

/** Parses leading options with values, in any order. `rest` starts with the first other argument. */
function takeOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): { values: ReadonlyMap<Name, string>; rest: readonly string[] } {
  const values = new Map<Name, string>();
  let at = 0;
  for (; at < args.length; at += 2) {
    const name = names.find((one) => one === args[at]);
    if (name === undefined) break;
    const value = args[at + 1];
    if (value === undefined) throw new BadArguments(`${name} needs a value`);
    values.set(name, value);
  }
  return { values, rest: args.slice(at) };
}

function ownOptions(values: ReadonlyMap<string, string>): OwnOptions {
  const [store, native, engine] = [values.get('--store'), values.get('--native'), values.get('--engine')];
  return {
    ...(store === undefined ? {} : { store }),
    ...(native === undefined ? {} : { native }),
    ...(engine === undefined ? {} : { engine }),
    instances: instancesOf(values.get('--instances') ?? 'auto'),
    costs: costsOf(values.get('--costs') ?? 'off'),
  };
}

function instancesOf(text: string): Instances {
  const instances = parseInstances(text);
  if (instances === undefined) throw new BadArguments(`--instances takes ${instancesRule}, not ${text}`);
  return instances;
}

function costsOf(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new BadArguments(`--costs takes on or off, not ${text}`);
  return text === 'on';
}

function workerOptions(args: readonly string[]): WorkerOptions {
  const { values, rest } = takeOptions(args, ['--socket-path', '--worker-dir-path', '--node-impl-version']);
  if (rest[0] !== undefined) throw new BadArguments(`Unexpected argument "${rest[0]}"`);
  const [socketPath, workerDir] = [values.get('--socket-path'), values.get('--worker-dir-path')];
  const nodeVersion = values.get('--node-impl-version');
  if (socketPath === undefined) throw new BadArguments('the --socket-path argument is required');
  if (workerDir === undefined) throw new BadArguments('the --worker-dir-path argument is required');
  return { socketPath, workerDir, ...(nodeVersion === undefined ? {} : { nodeVersion }) };
}

export const help = `polkadot-pvf portable prepare worker ${builtInVersion}

Usage: portable-worker [own options] prepare-worker --socket-path <path> --worker-dir-path <path>
       [--node-impl-version <version>]

A host of prepare workers starts this program. It is not meant for manual use.

Own options:
  --store <folder>       Stores compiled functions there, which speeds up the next version of a runtime
  --instances <n|auto>   Number of compiler instances for one job; auto by default
  --native <path>        A native build of the compiler, used instead of the built-in one
  --costs <on|off>       Measures what each function costs, and writes that to the worker directory; off by default
  --engine <folder>      Folder of pvf-engine.json and the packed compiler

Other options:
  --version, -v          Prints the matching node version
  --full-version         Prints the same version with the name of this worker
  --help, -h             Prints this help
`;
