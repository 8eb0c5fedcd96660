import type { BlobKind, ContainerKind, Wrapping } from '../../model/report.ts';
import type { InputFault } from '../input-error.ts';

/** What was found in a file, or in one of its wrappings. */
export type Step =
  | { readonly kind: 'fault'; readonly fault: InputFault }
  /** A runtime blob, as it would be stored on chain. */
  | { readonly kind: 'blob'; readonly stored: Uint8Array; readonly is: Exclude<BlobKind, 'unknown'> }
  | Inner;

/** The content of a wrapping. */
export interface Inner {
  readonly kind: 'inner';
  readonly content: Content;
  readonly by: readonly Wrapping[];
  /** The file format that the report names. Absent: that of what is inside. */
  readonly container?: ContainerKind;
  /** The path of the code in a chain spec. */
  readonly codeAt?: string;
  /** The place, a prefix of causes: `in the gzip file, `. Absent: the causes need none. */
  readonly where?: string;
}

export type Content =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** `bytes`: the size before decoding. */
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number };

export function fault(id: InputFault['id'], cause: string, remedy: string): Extract<Step, { kind: 'fault' }> {
  return { kind: 'fault', fault: { id, cause, remedy } };
}
