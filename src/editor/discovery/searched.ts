/** What a search looked at: for the user who misses a runtime. */
import type { UnbuiltCrate } from '../model.ts';

export interface Searched {
  readonly folders: readonly SearchedFolder[];
  readonly targets: readonly SearchedTarget[];
}

export interface SearchedFolder {
  /** A folder of the workspace. */
  readonly path: string;
  /** The number of `Cargo.toml` files. */
  readonly manifests: number;
  /** What was not searched, as sentences. */
  readonly limits: readonly string[];
}

export interface SearchedTarget {
  readonly path: string;
  /** Why a build may write there: `build.target-dir in /x/.cargo/config.toml`. */
  readonly why: string;
  /** `untrusted`: outside the workspace, which is not trusted. */
  readonly state: 'searched' | 'absent' | 'untrusted';
  readonly runtimes: number;
}

/** English lines for the log. */
export function searchedLines({ folders, targets }: Searched, unbuilt: readonly UnbuiltCrate[]): readonly string[] {
  const found = targets.reduce((sum, { runtimes }) => sum + runtimes, 0);
  return [
    `Searched for runtimes: found ${found}.`,
    ...folders.flatMap(({ path, manifests, limits }) => [
      `  ${path}: Cargo.toml files: ${manifests}`,
      ...limits.map((limit) => `    ${limit}`),
    ]),
    ...targets.map(({ path, why, state, runtimes }) => `  ${path} (${why}): ${stateText(state, runtimes)}`),
    ...unbuilt.map(
      ({ crateName, manifestPath }) =>
        `  ${crateName} has no blob yet: cargo build --release -p ${crateName} (${manifestPath})`,
    ),
    ...(found > 0
      ? []
      : ['  If the build writes to another folder, add that folder to the setting pvf.targetDirectories.']),
  ];
}

function stateText(state: SearchedTarget['state'], runtimes: number): string {
  switch (state) {
    case 'searched':
      return `${runtimes} found`;
    case 'absent':
      return 'does not exist';
    case 'untrusted':
      return 'not searched, because it is outside the workspace and the workspace is not trusted';
  }
}
