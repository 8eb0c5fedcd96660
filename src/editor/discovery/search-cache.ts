import { type FileState, sameState, stateFrom } from '../../base/file-state.ts';
import { LruMap } from '../../base/lru.ts';
import { type RuntimeMarks, readRuntimeMarks } from '../../runtime/runtime-marks.ts';
import type { Disk } from '../../runtime/sources/disk.ts';
import { type CargoManifest, readCargoManifest } from './cargo-manifest.ts';

/** What earlier searches read from files that have not changed since. */
export class SearchCache {
  readonly #manifests = new FileFacts(readManifest);
  readonly #marks = new FileFacts((disk, path) => disk.parts(path, readRuntimeMarks));

  /** Undefined if the manifest is absent or can't be read. */
  async manifest(disk: Disk, path: string): Promise<CargoManifest | undefined> {
    const stats = await disk.stat(path);
    return stats?.isFile() ? this.#manifests.of(disk, path, stateFrom(stats)) : undefined;
  }

  /** Undefined if the file is no WebAssembly module, or a damaged one. @param file from the present search */
  marks(disk: Disk, path: string, file: FileState): Promise<RuntimeMarks | undefined> {
    return this.#marks.of(disk, path, file);
  }
}

const CAPACITY = 4096;

class FileFacts<T> {
  readonly #known = new LruMap<string, { readonly file: FileState; readonly facts: T | undefined }>(CAPACITY);

  constructor(private readonly read: (disk: Disk, path: string) => Promise<T | undefined>) {}

  async of(disk: Disk, path: string, file: FileState): Promise<T | undefined> {
    const known = this.#known.get(path);
    if (known && sameState(known.file, file)) return known.facts;
    const facts = await this.read(disk, path);
    this.#known.set(path, { file, facts });
    return facts;
  }
}

async function readManifest(disk: Disk, path: string): Promise<CargoManifest | undefined> {
  const text = await disk.text(path);
  return text === undefined ? undefined : readCargoManifest(path, text);
}
