/** The messages between a panel of the editor and the page in it. */
import type { View } from './view.ts';

/** From the editor to the page. */
export type ToPage =
  | { readonly kind: 'show'; readonly view: View }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'problem'; readonly message: string; readonly remedy?: string };

/** From the page to the editor. */
export type FromPage =
  /** The page listens. The editor sends what it shows. */
  | { readonly kind: 'ready' }
  /** The user wants the page as a file. */
  | { readonly kind: 'save' }
  /** The user wants a comparison as a Markdown document. */
  | { readonly kind: 'open-markdown' }
  /** The user wants the source of a part: names from the crate down to the part. */
  | { readonly kind: 'open-source'; readonly path: readonly string[] }
  /** The page failed, which is a defect. */
  | { readonly kind: 'error'; readonly message: string };

const MAX_PATH = 64;
const MAX_CHARACTERS = 100_000;

/** Undefined for what is no message of the page. A page shows names from a blob, so the editor trusts no message. */
export function parseFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  switch (value.kind) {
    case 'ready':
    case 'save':
    case 'open-markdown':
      return { kind: value.kind };
    case 'open-source':
      return 'path' in value && isPath(value.path) ? { kind: 'open-source', path: value.path } : undefined;
    case 'error':
      return 'message' in value && isText(value.message) ? { kind: 'error', message: value.message } : undefined;
    default:
      return undefined;
  }
}

function isPath(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MAX_PATH && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CHARACTERS;
}
