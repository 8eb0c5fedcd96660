/** Lists the codes in a chain spec, so that a user can choose one. */
import { fromHex } from '../base/bytes.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import { codesOf, type FoundCode } from './chain-spec.ts';
import { sniff } from './container.ts';
import { isGzip, openGzip } from './unwrap/gzip.ts';

export interface ListedCode {
  /** The key in `codeSubstitutes`. Absent: the genesis code. */
  readonly block?: string;
  /** The path of the code in the JSON. */
  readonly at: string;
  /** The blob as it would be stored on chain. Absent: its hex text is damaged. */
  readonly stored?: Uint8Array;
}

/** The genesis code, then the substitutes in the order of their blocks. Empty if the file is no chain spec. */
export function listCodes(content: Uint8Array): readonly ListedCode[] {
  return codesOf(specIn(content)).map(({ block, ...code }) => ({ ...omitUndefined({ block }), ...listed(code) }));
}

/** The JSON in a file, which may be compressed or the answer of a node. Undefined if there is none. */
function specIn(content: Uint8Array): unknown {
  const bytes = isGzip(content) ? inflated(content) : content;
  if (bytes === undefined || sniff(bytes) !== 'chain-spec') return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) && 'result' in value && !('genesis' in value) ? value.result : value;
  } catch {
    return undefined;
  }
}

function inflated(content: Uint8Array): Uint8Array | undefined {
  const step = openGzip(content);
  return step.kind === 'inner' && step.content.kind === 'bytes' ? step.content.bytes : undefined;
}

function listed({ at, hex }: FoundCode): ListedCode {
  try {
    return { at, stored: fromHex(hex.trim()) };
  } catch {
    return { at };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
