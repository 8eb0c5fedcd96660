import { formatBytes } from '../../base/units.ts';

/** Why a program can't be built with cargo, or was not. */
export type BuildProblem =
  | { readonly kind: 'unsupported-platform'; readonly platform: NodeJS.Platform }
  /** `words`: what it said, where there is one that does not work. */
  | { readonly kind: 'no-cargo'; readonly words?: string }
  | { readonly kind: 'cargo-too-old'; readonly found: string; readonly needed: string; readonly path: string }
  | { readonly kind: 'no-c-compiler' }
  | { readonly kind: 'no-make' }
  | { readonly kind: 'no-space'; readonly folder: string; readonly freeBytes: number; readonly neededBytes: number }
  /** The cache folder can't be written, or is full. */
  | { readonly kind: 'cache-folder'; readonly folder: string; readonly words: string }
  | {
      readonly kind: 'build-failed';
      /** `exited with status 101`, `was killed by SIGKILL`, … */
      readonly end: string;
      /** The end of what cargo printed, oldest first. */
      readonly lastLines: readonly string[];
      readonly logFile: string;
      /** Kept: the next attempt goes on from there. */
      readonly buildFolder: string;
    }
  /** cargo could not get the crates. */
  | { readonly kind: 'fetch-failed'; readonly end: string; readonly lastLines: readonly string[] }
  | { readonly kind: 'wrong-version'; readonly expected: string; readonly found: string }
  /** What was built runs, or does not, but not as it should. */
  | { readonly kind: 'wrong-answer'; readonly words: string }
  /** The sources that cargo has are not those that the patch belongs to. */
  | { readonly kind: 'patch-failed'; readonly words: string }
  /** What is done is kept in the build folder, where it got that far: the next attempt goes on from there. */
  | { readonly kind: 'cancelled'; readonly buildFolder?: string };

/** What a person is told: what is wrong, and what can be done about it. */
export interface ProblemText {
  readonly message: string;
  readonly hint?: string;
}

const installRust = 'Install Rust from https://rustup.rs.';

export function describeProblem(problem: BuildProblem): ProblemText {
  switch (problem.kind) {
    case 'unsupported-platform':
      return {
        message: `Polkadot's prepare worker can't be built for ${problem.platform}: it needs Unix sockets and fork.`,
        hint: 'On Windows it can be built and run in WSL.',
      };
    case 'no-cargo':
      return problem.words === undefined
        ? { message: 'There is no cargo on PATH or in the cargo home.', hint: installRust }
        : { message: `cargo does not work here: ${problem.words}`, hint: installRust };
    case 'cargo-too-old':
      return {
        message: `${problem.path} is ${problem.found}, and the crates need ${problem.needed} or newer.`,
        hint: 'Run `rustup update`.',
      };
    case 'no-c-compiler':
      return {
        message: 'There is no C compiler (cc): some of the crates hold C code, and rustc links with it.',
        hint: 'Install one (Debian: apt install build-essential; macOS: xcode-select --install), or set CC.',
      };
    case 'no-make':
      return { message: 'There is no make, which builds jemalloc.', hint: 'Debian: apt install build-essential.' };
    case 'no-space':
      return {
        message: `${problem.folder} has ${formatBytes(problem.freeBytes)} free; the build needs ${formatBytes(problem.neededBytes)}.`,
        hint: 'Make room, or set PVF_CACHE_DIR to a folder on a larger disk.',
      };
    case 'cache-folder':
      return {
        message: `The cache folder ${problem.folder} can't be used: ${problem.words}`,
        hint: 'Set PVF_CACHE_DIR to a folder that can be written.',
      };
    case 'build-failed':
      return describeFailure(
        problem,
        `The whole log is ${problem.logFile}; another attempt goes on from what is done.`,
      );
    case 'fetch-failed':
      return describeFailure(problem, 'Another attempt goes on from what is done.');
    case 'wrong-version':
      return {
        message: `The worker that was built is not what it should be: expected version ${problem.expected}, found ${problem.found}.`,
      };
    case 'wrong-answer':
      return { message: `The program that was built does not work as it should: ${problem.words}` };
    case 'patch-failed':
      return {
        message: `The compiler's source could not be patched: ${problem.words}`,
        hint: 'This installation is damaged, or cargo takes its crates from a place that changes them.',
      };
    case 'cancelled':
      return problem.buildFolder === undefined
        ? { message: 'The build was cancelled.' }
        : {
            message: 'The build was cancelled.',
            hint: `What is done is kept in ${problem.buildFolder}; another attempt goes on from there.`,
          };
  }
}

/** Causes outside the worker's code that cargo's words give away. */
const knownCauses: readonly (readonly [RegExp, string])[] = [
  [
    /no space left on device|not enough space on the disk/i,
    'The disk is full. Make room, or set PVF_CACHE_DIR to a folder on a larger disk.',
  ],
  [
    /could not resolve host|failed to download|network failure|spurious network error|failed to fetch/i,
    "cargo could not get the crates. Look at the network, and at proxies and mirrors in cargo's own configuration.",
  ],
  [/signal: 9, SIGKILL/, 'Out of memory, most likely. Set CARGO_BUILD_JOBS=1 and try again.'],
  [/requires rustc \d/, 'Run `rustup update`.'],
  [
    /linker `(link\.exe|[^`]*)` not found|failed to find tool/,
    'There is no C compiler or linker. Windows: install the C++ build tools of Visual Studio; elsewhere install a C compiler.',
  ],
];

function describeFailure(
  { end, lastLines }: { readonly end: string; readonly lastLines: readonly string[] },
  kept: string,
): ProblemText {
  const words = lastLines.join('\n');
  const cause = knownCauses.find(([pattern]) => pattern.test(words))?.[1];
  return {
    message: `cargo ${end}.${words === '' ? '' : ` Its last lines:\n${words}`}`,
    hint: cause === undefined ? kept : `${cause} ${kept}`,
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
