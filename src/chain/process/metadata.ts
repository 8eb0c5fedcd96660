/** Gets the metadata of a chain's runtime. */
import { compactNumber } from '@polkadot-api/substrate-bindings';
import { startsWith } from '../../base/bytes.ts';
import { otherEndpoint, ReadFailure } from './read-failure.ts';
import { RpcError } from './rpc-error.ts';
import type { State } from './state.ts';

/** The versions that this tool decodes. */
const OLDEST = 14;
const NEWEST = 16;

const magic = Uint8Array.from(Buffer.from('meta'));

/** The newest metadata that the runtime gives and this tool decodes, from the magic number on. */
export async function readMetadata(state: State): Promise<Uint8Array> {
  const version = await newestVersion(state);
  const bytes =
    version === undefined
      ? withoutLength(await state.run('Metadata_metadata', new Uint8Array()))
      : withoutLength(present(await state.run('Metadata_metadata_at_version', u32(version))));
  const found = bytes[magic.length];
  if (!startsWith(bytes, magic) || found === undefined) throw damaged();
  if (found < OLDEST || found > NEWEST) {
    const cause = `the metadata of the chain's runtime has version ${found}, and versions ${OLDEST} to ${NEWEST} can be read`;
    throw new ReadFailure(cause, 'Update this tool, or give another chain');
  }
  return bytes;
}

/** Undefined: the runtime has only `Metadata_metadata`. */
async function newestVersion(state: State): Promise<number | undefined> {
  const versions = await state.run('Metadata_metadata_versions', new Uint8Array()).catch((error: unknown) => {
    // Runtimes before 2023 do not have it.
    if (error instanceof RpcError) return undefined;
    throw error;
  });
  if (versions === undefined) return undefined;
  // A compact count and `u32` numbers.
  const list = withoutCount(versions);
  const known = list.filter((version) => version >= OLDEST && version <= NEWEST);
  return known.length === 0 ? undefined : Math.max(...known);
}

function withoutCount(bytes: Uint8Array): number[] {
  const numbers = bytes.subarray(1);
  if (bytes[0] !== (numbers.length / 4) << 2) throw damaged();
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.length);
  return Array.from({ length: numbers.length / 4 }, (_, at) => view.getUint32(at * 4, true));
}

/** The content of an `Option`. */
function present(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 1) throw damaged();
  return bytes.subarray(1);
}

function withoutLength(bytes: Uint8Array): Uint8Array {
  const mode = (bytes[0] ?? 0) & 3;
  const lengthBytes = [1, 2, 4][mode];
  if (lengthBytes === undefined || bytes.length < lengthBytes) throw damaged();
  const content = bytes.subarray(lengthBytes);
  if (compactNumber.dec(bytes.slice(0, lengthBytes)) !== content.length) throw damaged();
  return content;
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function damaged(): ReadFailure {
  return new ReadFailure("the metadata of the chain's runtime is damaged", otherEndpoint);
}
