import { createHash } from 'node:crypto';
import { compileTarget } from '../../base/compile-target.ts';
import { type EngineManifest, readEngineManifest } from '../../base/engine-manifest.ts';
import { errorMessage } from '../../base/errors.ts';
import type { PortableWorker } from '../probe/examined-worker.ts';
import { UnsupportedWorker } from '../probe/version.ts';
import type { Program } from '../process/program.ts';
import { revision } from '../wire/revision.ts';
import type { RevisionId } from '../wire/revision-id.ts';
import type { Instances } from './instances.ts';
import { builtInFiles } from './package-files.ts';
import { builtInRevision, builtInVersion } from './version.ts';

export interface BuiltInOptions {
  /** The folder with `package.json`. */
  readonly packageFolder: string;
  readonly packageVersion: string;
  /** Where the worker stores compiled functions between runs. */
  readonly storeFolder: string;
  readonly instances: Instances;
  /** Path of the native helper (`pvf workers build --engine`), if installed. */
  readonly nativeEngine?: string;
  /** Measures what each function costs; off by default. */
  readonly costs?: boolean;
}

type Runtime = Pick<NodeJS.Process, 'execPath' | 'versions'>;

/**
 * Describes the worker that ships with this tool. Does not run it, which would mean starting a Node process: the package has
 * all facts. Rejects with `UnsupportedWorker` when the package is damaged, or another revision is forced.
 */
export async function builtInWorker(
  options: BuiltInOptions,
  forcedRevision: RevisionId = builtInRevision,
  runtime: Runtime = process,
): Promise<PortableWorker> {
  const { bundle, manifest: path } = builtInFiles(options.packageFolder);
  if (forcedRevision !== builtInRevision) {
    throw new UnsupportedWorker(`the built-in worker uses wire revision ${builtInRevision}, not ${forcedRevision}`);
  }
  const manifest = await readEngineManifest(path).catch((error: unknown) => {
    throw new UnsupportedWorker(`the built-in worker has no engine: ${errorMessage(error)}`);
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
    costs: options.costs ?? false,
  };
}

/** How to start the worker: the bundle, in Node or in the editor's own runtime. */
export function builtInProgram(options: BuiltInOptions, { execPath, versions }: Runtime = process): Program {
  const { packageFolder, storeFolder, instances, nativeEngine, costs = false } = options;
  const { bundle } = builtInFiles(packageFolder);
  return {
    file: execPath,
    leadingArgs: [
      bundle,
      ...['--store', storeFolder],
      ...['--instances', `${instances}`],
      ...(nativeEngine === undefined ? [] : ['--native', nativeEngine]),
      ...(costs ? ['--costs', 'on'] : []),
    ],
    env: versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
    name: 'the built-in worker',
  };
}

/** Changes with anything that may affect an artifact or its figures, except the target CPU. SHA-256, 64 hex digits. */
function identityOf({ wasm }: EngineManifest, { packageVersion, nativeEngine }: BuiltInOptions): string {
  const parts = [wasm.sha256, packageVersion, nativeEngine === undefined ? 'wasm' : 'native'];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
