import { createHash } from 'node:crypto';
import { compileTarget } from '../../base/compile-target.ts';
import { type EngineManifest, readEngineManifest } from '../../base/engine-manifest.ts';
import { textOf } from '../../base/errors.ts';
import type { PortableWorker } from '../probe/examined-worker.ts';
import { UnsupportedWorker } from '../probe/version.ts';
import type { Program } from '../process/program.ts';
import { type RevisionId, revision } from '../wire/revision.ts';
import { builtInFiles } from './package-files.ts';

/** What the built-in worker answers `--version` with, but for its suffix: the node whose worker it equals. */
export const builtInVersion = '1.25.1';
export const builtInRevision: RevisionId = '26.0.0';

export interface BuiltInOptions {
  /** The folder with `package.json`. */
  readonly packageFolder: string;
  readonly packageVersion: string;
  /** Where compiled functions are kept between runs. */
  readonly storeFolder: string;
  /** How many instances of the engine compile one runtime; `auto`: from cores and memory. */
  readonly instances: number | 'auto';
  /** Path of the engine as a program of this machine (`pvf workers build --engine`), where there is one. */
  readonly nativeEngine?: string;
}

type Runtime = Pick<NodeJS.Process, 'execPath' | 'versions'>;

/**
 * The worker that ships with this tool. Nothing is asked of it: each word would cost the start of a Node, and all answers
 * are known from the package. Rejects with `UnsupportedWorker` when the package is damaged, or another revision is forced.
 */
export async function builtInWorker(
  options: BuiltInOptions,
  forcedRevision: RevisionId = builtInRevision,
  runtime: Runtime = process,
): Promise<PortableWorker> {
  const { bundle, manifest: path } = builtInFiles(options.packageFolder);
  if (forcedRevision !== builtInRevision) {
    throw new UnsupportedWorker(`the built-in worker speaks wire revision ${builtInRevision}, not ${forcedRevision}`);
  }
  const manifest = await readEngineManifest(path).catch((error: unknown) => {
    throw new UnsupportedWorker(`the built-in worker has no engine: ${textOf(error)}`);
  });
  const isNative = options.nativeEngine !== undefined;
  return {
    kind: 'portable',
    path: bundle,
    program: builtInProgram(options, runtime),
    version: builtInVersion,
    revision: revision(builtInRevision),
    identity: identityOf(manifest, options),
    engine: `wasmtime ${manifest.wasmtime} ${isNative ? 'as a native helper' : 'in WebAssembly'}`,
    target: await compileTarget(),
    figures: isNative ? 'measured' : 'estimated',
  };
}

/** How the worker is started: a Node, or the editor's own runtime, with the bundle. */
export function builtInProgram(options: BuiltInOptions, { execPath, versions }: Runtime = process): Program {
  const { packageFolder, storeFolder, instances, nativeEngine } = options;
  const { bundle } = builtInFiles(packageFolder);
  return {
    file: execPath,
    leadingArgs: [
      bundle,
      ...['--store', storeFolder],
      ...['--instances', `${instances}`],
      ...(nativeEngine === undefined ? [] : ['--native', nativeEngine]),
    ],
    env: versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
    name: 'the built-in worker',
  };
}

/** Names all that may change an artifact or its figures, but for the CPU that is compiled for. SHA-256, 64 hex digits. */
function identityOf({ wasm }: EngineManifest, { packageVersion, nativeEngine }: BuiltInOptions): string {
  const parts = [wasm.sha256, packageVersion, nativeEngine === undefined ? 'wasm' : 'native'];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
