import { formatBytes } from '../../base/units.ts';

/** Why a program can't be built with cargo, or why its build failed. */
export type BuildProblem =
  | { readonly kind: 'unsupported-platform'; readonly platform: NodeJS.Platform }
  /** `detail`: the error of a cargo that exists but does not work. */
  | { readonly kind: 'no-cargo'; readonly detail?: string }
  | { readonly kind: 'cargo-too-old'; readonly found: string; readonly needed: string; readonly path: string }
  | { readonly kind: 'no-c-compiler' }
  | { readonly kind: 'no-make' }
  | { readonly kind: 'no-space'; readonly folder: string; readonly freeBytes: number; readonly neededBytes: number }
  /** The cache folder can't be written, or is full. */
  | { readonly kind: 'cache-folder'; readonly folder: string; readonly detail: string }
  /** `file` would change what cargo runs. It is neither the user's own nor this tool's. */
  | { readonly kind: 'foreign-config'; readonly file: string }
  | {
      readonly kind: 'build-failed';
      /** `exited with status 101`, `was killed by SIGKILL`, … */
      readonly end: string;
      /** The last lines of cargo's output, oldest first. */
      readonly lastLines: readonly string[];
      readonly logFile: string;
      /** Kept, so that the next attempt continues there. */
      readonly buildFolder: string;
    }
  /** cargo could not download the crates. */
  | { readonly kind: 'fetch-failed'; readonly end: string; readonly lastLines: readonly string[] }
  | { readonly kind: 'wrong-version'; readonly expected: string; readonly found: string }
  /** The built program does not work. */
  | { readonly kind: 'wrong-answer'; readonly detail: string }
  /** The patch does not apply to the crate's source. */
  | { readonly kind: 'patch-failed'; readonly detail: string }
  /** An existing build folder is kept, so that the next attempt continues there. */
  | { readonly kind: 'cancelled'; readonly buildFolder?: string };

/** A problem and its remedy, for the user. */
interface ProblemText {
  readonly message: string;
  readonly hint?: string;
}

const installRust = 'Install Rust from https://rustup.rs.';

export function describeProblem(problem: BuildProblem): ProblemText {
  switch (problem.kind) {
    case 'unsupported-platform':
      return {
        message: `Polkadot's prepare worker can't be built for ${problem.platform}: it needs Unix sockets and fork.`,
        hint: 'On Windows, build and run it in WSL.',
      };
    case 'no-cargo':
      return problem.detail === undefined
        ? { message: 'cargo was not found on PATH or in the cargo home.', hint: installRust }
        : { message: `cargo does not work: ${problem.detail}`, hint: installRust };
    case 'cargo-too-old':
      return {
        message: `${problem.path} is version ${problem.found}. The crates need ${problem.needed} or newer.`,
        hint: 'Run `rustup update`.',
      };
    case 'no-c-compiler':
      return {
        message: 'No C compiler (cc) was found. Some of the crates contain C code, and rustc links with it.',
        hint: 'Install one (Debian: apt install build-essential; macOS: xcode-select --install), or set CC.',
      };
    case 'no-make':
      return {
        message: 'make was not found. It builds jemalloc.',
        hint: 'Install it (Debian: apt install build-essential).',
      };
    case 'no-space':
      return {
        message: `${problem.folder} has ${formatBytes(problem.freeBytes)} free. The build needs ${formatBytes(problem.neededBytes)}.`,
        hint: 'Free some space, or set PVF_CACHE_DIR to a folder on a larger disk.',
      };
    case 'cache-folder':
      return {
        message: `The cache folder ${problem.folder} can't be used: ${problem.detail}`,
        hint: 'Set PVF_CACHE_DIR to a folder of your own that you can write to.',
      };
    case 'foreign-config':
      return {
        message: `${problem.file} would change what cargo runs, because it is in a folder around the cache folder.`,
        hint: 'Set PVF_CACHE_DIR to a folder outside of every Rust project.',
      };
    case 'build-failed':
      return describeFailure(problem, `The full log is ${problem.logFile}. The next build continues from there.`);
    case 'fetch-failed':
      return describeFailure(problem, 'The next build continues from there.');
    case 'wrong-version':
      return {
        message: `The built worker has the wrong version: expected ${problem.expected}, found ${problem.found}.`,
      };
    case 'wrong-answer':
      return { message: `The built program does not work: ${problem.detail}` };
    case 'patch-failed':
      return {
        message: `The compiler's source could not be patched: ${problem.detail}`,
        hint: 'This installation is damaged, or cargo uses a registry that modifies crates.',
      };
    case 'cancelled':
      return problem.buildFolder === undefined
        ? { message: 'The build was cancelled.' }
        : {
            message: 'The build was cancelled.',
            hint: `The next build continues from ${problem.buildFolder}.`,
          };
  }
}

/** Causes outside the program's code, recognized in cargo's output. */
const knownCauses: readonly (readonly [RegExp, string])[] = [
  [
    /no space left on device|not enough space on the disk/i,
    'The disk is full. Free some space, or set PVF_CACHE_DIR to a folder on a larger disk.',
  ],
  [
    /could not resolve host|failed to download|network failure|spurious network error|failed to fetch/i,
    "cargo could not download the crates. Check the network, and the proxies and mirrors in cargo's configuration.",
  ],
  [/signal: 9, SIGKILL/, 'Probably out of memory. Set CARGO_BUILD_JOBS=1 and try again.'],
  [/requires rustc \d/, 'Run `rustup update`.'],
  [
    /linker `(link\.exe|[^`]*)` not found|failed to find tool/,
    'No C compiler or linker was found. On Windows, install the C++ build tools of Visual Studio; elsewhere, a C compiler.',
  ],
];

function describeFailure(
  { end, lastLines }: { readonly end: string; readonly lastLines: readonly string[] },
  next: string,
): ProblemText {
  const output = lastLines.join('\n');
  const cause = knownCauses.find(([pattern]) => pattern.test(output))?.[1];
  return {
    message: `cargo ${end}.${output === '' ? '' : ` Its last lines:\n${output}`}`,
    hint: cause === undefined ? next : `${cause} ${next}`,
  };
}

export class CargoBuildError extends Error {
  override readonly name = 'CargoBuildError';
  readonly hint: string | undefined;

  constructor(readonly problem: BuildProblem) {
    const { message, hint } = describeProblem(problem);
    super(message);
    this.hint = hint;
  }
}
