import { cacheKey } from '../base/cache-key.ts';
import { LruMap } from '../base/lru.ts';
import type { MetadataResult } from '../model/metadata.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { type ReadMetadataOptions, readMetadata } from '../runtime/metadata/read-metadata.ts';

/** The metadata of a large runtime takes a few megabytes. */
const MAX_RESULTS = 6;

/** Reads the metadata of each code once, because a runtime takes seconds to return it. */
export class MetadataCache {
  readonly #results = new LruMap<string, { readonly codeHash: string; readonly result: MetadataResult }>(MAX_RESULTS);

  /** @param read replaces `readMetadata` */
  constructor(private readonly read: typeof readMetadata = readMetadata) {}

  /** Rejects only with the signal's reason. @param isForced reads it again */
  async of(
    { codeHash, stored }: Pick<RuntimeBlob, 'codeHash' | 'stored'>,
    options: ReadMetadataOptions,
    isForced = false,
  ): Promise<MetadataResult> {
    const key = cacheKey(codeHash, options.bombLimit, options.token);
    const known = isForced ? undefined : this.#results.get(key);
    if (known !== undefined) return known.result;
    const result = await this.read(stored, options);
    this.#results.set(key, { codeHash, result });
    return result;
  }

  /** The result of an earlier read. Undefined: there is none, or it was dropped. */
  known(codeHash: string): MetadataResult | undefined {
    return [...this.#results].findLast(([, one]) => one.codeHash === codeHash)?.[1].result;
  }
}
