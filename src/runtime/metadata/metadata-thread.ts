/** The program of the thread that `readMetadata` starts. It has its own bundle. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MetadataHashes, MetadataResult, RuntimeMetadata, Token } from '../../model/metadata.ts';
import { decompress } from '../compression.ts';
import { blobKind } from '../magic.ts';
import { decodeMetadata, withoutLength } from './decode.ts';
import { withMetadataVersion, withoutNames } from './edit-module.ts';
import { Executor } from './executor.ts';
import { findMetadataHashes, metadataHash } from './metadata-hash.ts';
import type { MetadataRequest } from './read-metadata.ts';

/** wasm-builder computes the hash from this version. */
const HASH_VERSION = 15;
/** Two hashes differ for one token if they differ for another. */
const anyToken: Token = { symbol: 'UNIT', decimals: 12 };

void run(workerData as MetadataRequest).then((result) => parentPort?.postMessage(result));

async function run({ stored, bombLimit, token }: MetadataRequest): Promise<MetadataResult> {
  const decompressed = await decompress(stored, bombLimit);
  if (decompressed.kind === 'bomb') return { kind: 'no-module', reason: 'it exceeds the bomb limit' };
  if (decompressed.kind === 'damaged') return { kind: 'no-module', reason: "it can't be decompressed" };
  if (blobKind(decompressed.raw) !== 'wasm') return { kind: 'no-module', reason: 'it is no wasm module' };
  return new Reader(decompressed.raw, token).read();
}

type Read =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array; readonly metadata: RuntimeMetadata }
  | Exclude<MetadataResult, { kind: 'read' }>;

class Reader {
  readonly #raw: Uint8Array;
  readonly #lean: Uint8Array;
  readonly #token: Token | undefined;
  readonly #executor = new Executor();

  constructor(raw: Uint8Array, token: Token | undefined) {
    this.#raw = raw;
    this.#lean = withoutNames(raw);
    this.#token = token;
  }

  read(): MetadataResult {
    const newest = this.#execute(this.#lean);
    if (newest.kind !== 'ok') return newest;
    const { metadata } = newest;
    return { kind: 'read', metadata, hashes: this.#hashes(newest) };
  }

  #execute(module: Uint8Array): Read {
    const execution = this.#executor.metadata(module);
    if (execution.kind !== 'ok') return execution;
    const bytes = withoutLength(execution.bytes);
    if (bytes === undefined) return { kind: 'damaged', reason: 'its length is wrong' };
    const decoded = decodeMetadata(bytes);
    return decoded.kind === 'ok' ? { ...decoded, bytes } : decoded;
  }

  /** Only for a runtime with the extension that checks the hash. */
  #hashes(newest: Read & { kind: 'ok' }): MetadataHashes {
    if (!newest.metadata.extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')) return { found: [] };
    const module = newest.metadata.version > HASH_VERSION ? withMetadataVersion(this.#lean, HASH_VERSION) : undefined;
    const older = module && this.#execute(module);
    const base = older?.kind === 'ok' ? older : newest;
    const computed = this.#token && metadataHash(base.bytes, base.metadata, this.#token);
    const differ = base === newest ? undefined : hashOf(base, anyToken) !== hashOf(newest, anyToken);
    const found = findMetadataHashes(this.#raw, computed);
    return { found, ...(computed !== undefined && { computed }), ...(differ !== undefined && { differ }) };
  }
}

function hashOf({ bytes, metadata }: Read & { kind: 'ok' }, token: Token): string | undefined {
  return metadataHash(bytes, metadata, token);
}
