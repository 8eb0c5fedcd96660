import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mediaFolder } from '../../base/bundles.ts';
import { errorMessage } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Engine } from '../engine.ts';
import { NativeEngine } from '../native/native-engine.ts';
import { FolderStore } from '../store/folder-store.ts';
import { MachineSpeed } from '../store/machine-speed.ts';
import { loadEngine } from '../wasm/load-engine.ts';
import { WasmEngine } from '../wasm/wasm-engine.ts';
import type { OwnOptions } from './command-line.ts';

/** Opens the engine for the options. Loads it in the background. If that fails, every job fails. */
export function openEngine({ engine, instances, store, native }: OwnOptions, log: Log): Engine {
  if (native !== undefined) return new NativeEngine({ program: native, instances });
  const folder = engine ?? fileURLToPath(mediaFolder);
  const loaded = loadEngine(folder, store && join(store, 'engine'));
  loaded.catch((error: unknown) => log.error(`the engine could not be loaded: ${errorMessage(error)}`));
  return new WasmEngine({
    loaded,
    instances,
    store: store === undefined ? undefined : new FolderStore(store, { log }),
    speed: new MachineSpeed(store && join(store, 'machine-speed.json')),
  });
}
