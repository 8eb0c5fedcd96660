/** The page of the read-only editor for runtimes: what it shows, and its messages. The editor makes all texts. */

/** The colour of a result. */
export type Tone = 'good' | 'warning' | 'bad' | 'unknown';

export interface BlobPage {
  readonly title: string;
  readonly tone: Tone;
  /** The conclusion in a few words. */
  readonly status: string;
  readonly reason: string;
  /** The codes of a chain spec. Absent: the file has only one. */
  readonly codes?: CodeSelection;
  readonly buttons: readonly PageButton[];
  readonly sections: readonly PageSection[];
}

export interface CodeSelection {
  readonly label: string;
  /** The value of the genesis code is empty, that of a substitute is its block. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly selected: string;
}

/** A button, and the message that it sends. */
export interface PageButton {
  readonly label: string;
  readonly message: FromBlobPage;
}

interface AnySection {
  /** Unique on the page. */
  readonly id: string;
  readonly heading: string;
}

export interface PageFact {
  readonly label: string;
  readonly value: string;
  readonly isCode?: boolean;
  /** Explains the value. */
  readonly about?: string;
  readonly tone?: Tone;
  readonly button?: PageButton;
}

export interface PageFinding {
  readonly severity: string;
  readonly tone: Tone;
  readonly message: string;
  readonly hint?: string;
  readonly button: PageButton;
}

export interface FactsSection extends AnySection {
  readonly kind: 'facts';
  readonly facts: readonly PageFact[];
}

export interface FindingsSection extends AnySection {
  readonly kind: 'findings';
  readonly findings: readonly PageFinding[];
  /** Shown without findings. */
  readonly empty: string;
}

export interface TableSection extends AnySection {
  readonly kind: 'table';
  readonly columns: readonly { readonly label: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the length of a bar, from 0 to 1. Absent: there are no bars. */
  readonly bars?: readonly number[];
  /** For each row what its first cell sends when it is selected. Absent: the cells are plain text. */
  readonly links?: { readonly title: string; readonly messages: readonly FromBlobPage[] };
  /** Above the table. */
  readonly button?: PageButton;
  /** Shown without rows. */
  readonly empty: string;
  /** Absent: there is no search box. `none`: no row matches. */
  readonly search?: { readonly label: string; readonly none: string };
}

export type PageSection = FactsSection | FindingsSection | TableSection;

/** From the editor to the page. */
export type ToBlobPage =
  | { readonly kind: 'show'; readonly page: BlobPage }
  | { readonly kind: 'wait'; readonly message: string }
  /** `codes`: another code of the file may be readable. */
  | {
      readonly kind: 'problem';
      readonly title: string;
      readonly message: string;
      readonly remedy?: string;
      readonly codes?: CodeSelection;
    };

/** From the page to the editor. */
export type FromBlobPage =
  /** The page listens. */
  | { readonly kind: 'ready' }
  /** The user chose a code of the chain spec. */
  | { readonly kind: 'choose-code'; readonly value: string }
  | { readonly kind: 'copy-hash' }
  | { readonly kind: 'prepare' }
  | { readonly kind: 'show-sizes' }
  | { readonly kind: 'open-source'; readonly crate: string }
  | { readonly kind: 'explain'; readonly findingId: string }
  /** The page failed, which is a defect. */
  | { readonly kind: 'error'; readonly message: string };

const MAX_TEXT = 10_000;

/** Undefined for what is no message of the page. A page shows names from a blob, so the editor trusts no message. */
export function parseFromBlobPage(value: unknown): FromBlobPage | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  switch (value.kind) {
    case 'ready':
    case 'copy-hash':
    case 'prepare':
    case 'show-sizes':
      return { kind: value.kind };
    case 'choose-code':
      return 'value' in value && isText(value.value) ? { kind: 'choose-code', value: value.value } : undefined;
    case 'open-source':
      return 'crate' in value && isText(value.crate) ? { kind: 'open-source', crate: value.crate } : undefined;
    case 'explain':
      return 'findingId' in value && isText(value.findingId)
        ? { kind: 'explain', findingId: value.findingId }
        : undefined;
    case 'error':
      return 'message' in value && isText(value.message) ? { kind: 'error', message: value.message } : undefined;
    default:
      return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}
