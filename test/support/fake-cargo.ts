/**
 * A fake cargo that succeeds, fails, hangs or is too old. The C compiler and make are the machine's own. In CI, the
 * real cargo builds the worker.
 */
import { chmod, cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { silentLog } from '../../src/base/log.ts';
import type { BuildHooks } from '../../src/toolchain/cargo/build.ts';
import type { BuildProgress } from '../../src/toolchain/cargo/cargo.ts';
import type { BuildContext } from '../../src/toolchain/cargo/recipe.ts';

const repository = path.join(import.meta.dirname, '../..');
export const templateFolder = path.join(repository, 'media/official-worker');
const fixtures = path.join(repository, 'test/fixtures/official');

/** Shell lines that act like a successful build. `$worker` has the text of the built program. */
export const succeed = `
mkdir -p "$CARGO_TARGET_DIR/release"
printf '%s' "$worker" > "$CARGO_TARGET_DIR/release/polkadot-prepare-worker"
chmod 755 "$CARGO_TARGET_DIR/release/polkadot-prepare-worker"
cat '${fixtures}/cargo-build.stderr' >&2
printf '{"reason":"compiler-artifact","target":{"name":"polkadot-prepare-worker"},"executable":"%s"}\\n' \\
  "$CARGO_TARGET_DIR/release/polkadot-prepare-worker"
`;

/** Shell lines that act like a crate that does not compile. */
export const fail = `cat '${fixtures}/cargo-failure.stderr' >&2; exit 101`;

export type BuildOptions = BuildContext & BuildHooks;

export interface BuildSite extends AsyncDisposable {
  /** A path in the site's folder. */
  at(...parts: string[]): string;
  /** Puts a fake cargo on PATH. @param build shell lines for `cargo build` */
  cargo(build: string, version?: string): Promise<void>;
  readonly progress: readonly BuildProgress[];
  options(more?: Partial<BuildOptions>): BuildOptions;
}

export async function buildSite(): Promise<BuildSite> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'pvf-official-')));
  const at = (...parts: string[]) => path.join(root, ...parts);
  const guard = new ExitGuard();
  const progress: BuildProgress[] = [];
  await mkdir(at('bin'));
  await mkdir(at('cache'));
  const isSource = (file: string) => path.basename(file) !== 'target';
  await cp(templateFolder, at('media/official-worker'), { recursive: true, filter: isSource });
  return {
    at,
    progress,
    cargo: async (build, version = 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)') => {
      const script = `#!/bin/sh
[ "$1" = --version ] && { echo '${version}'; exit; }
worker='#!/bin/sh
echo 1.25.1
'
${build}
`;
      await writeFile(at('bin/cargo'), script);
      await chmod(at('bin/cargo'), 0o755);
    },
    options: (more) => ({
      packageFolder: root,
      cacheFolder: at('cache'),
      arch: process.arch,
      env: { ...process.env, PATH: `${at('bin')}:${process.env['PATH']}` },
      platform: process.platform,
      guard,
      signal: new AbortController().signal,
      wholeBuildBytes: 1_000_000,
      log: silentLog,
      onProgress: (one) => progress.push(one),
      ...more,
    }),
    [Symbol.asyncDispose]: async () => {
      guard[Symbol.dispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}
