import { askVersion, UnsupportedWorker } from '../../worker/probe/version.ts';
import { programAt } from '../../worker/process/program.ts';
import { buildWithCargo, type CargoBuildOptions, type HowBuilt } from '../cargo/build.ts';
import { CargoBuildError } from '../cargo/problem.ts';
import { type PreflightOptions, preflight } from './preflight.ts';
import { copyTemplate } from './template.ts';

export interface BuildOptions extends PreflightOptions, CargoBuildOptions {}

export interface BuiltWorker {
  readonly path: string;
  /** Node version. */
  readonly version: string;
  readonly how: HowBuilt;
}

/** Builds Polkadot's own prepare worker from its published crates; see `buildWithCargo`. Rejects with `CargoBuildError`. */
export async function buildOfficialWorker(options: BuildOptions): Promise<BuiltWorker> {
  const before = preflight(options);
  const plan = before.then(({ workerPath, ...rest }) => ({
    ...rest,
    program: 'polkadot-prepare-worker',
    words: [],
    place: workerPath,
  }));
  const how = await buildWithCargo(options, plan, {
    prepare: async () => {
      const { template, buildFolder } = await before;
      await copyTemplate(template, buildFolder);
    },
    verify: async (program) => verify(program, (await before).template.version, options),
  });
  const { template, workerPath } = await before;
  return { path: workerPath, version: template.version, how };
}

/** A new binary answers at once; a cold or busy disk gets some time. */
const VERSION_MS = 10_000;

async function verify(program: string, expected: string, { guard, signal }: BuildOptions): Promise<void> {
  const found = await askVersion(programAt(program), { deadlineMs: VERSION_MS, guard, signal }).catch(
    (error: unknown) => {
      if (error instanceof UnsupportedWorker) return error.message;
      throw error;
    },
  );
  if (found !== expected) throw new CargoBuildError({ kind: 'wrong-version', expected, found });
}
