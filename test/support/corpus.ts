/**
 * Real runtimes to test on, in the folder that `PVF_CORPUS` names, else in `../shared/corpus` beside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** An entry of the corpus's `manifest.json`. Members are absent when the blob lacks the part. */
export interface CorpusBlob {
  readonly name: string;
  readonly file: string;
  readonly group: 'pvf' | 'negative' | 'derived';
  readonly stored_bytes: number;
  readonly compressed: boolean;
  readonly raw_bytes?: number;
  /** blake2b-256 of the bytes as stored, 0x-hex. */
  readonly blake2b_256: string;
  readonly raw_blake2b_256?: string;
  readonly mem?: { readonly imported: boolean; readonly min: number; readonly max: number | null };
  readonly code_section_bytes?: number;
  readonly data_section_bytes?: number;
  readonly custom_sections?: readonly { readonly name: string; readonly bytes: number }[];
  readonly runtime_version?: {
    readonly spec_name: string;
    readonly impl_name: string;
    readonly authoring_version: number;
    readonly spec_version: number;
    readonly impl_version: number;
    readonly transaction_version?: number;
    readonly state_version?: number;
  };
  readonly exports_validate_block?: boolean;
  readonly functions_defined?: number;
  readonly imported_host_functions?: number;
  readonly host_functions?: readonly string[];
  readonly why?: string;
}

export interface CorpusPair {
  readonly older: string;
  readonly newer: string;
  readonly older_blake2b_256: string;
  readonly newer_blake2b_256: string;
}

export interface Corpus {
  readonly blobs: readonly CorpusBlob[];
  readonly containers: readonly { readonly file: string }[];
  readonly pairs: readonly CorpusPair[];
  /** Absolute path of a file that the manifest names. */
  path(file: string): string;
}

const folder = path.resolve(process.env['PVF_CORPUS'] ?? path.join(import.meta.dirname, '../../../shared/corpus'));

/** Like `describe`. Without a corpus the tests are skipped with the reason; with `CI=true` they fail. */
export function describeWithCorpus(title: string, body: (corpus: Corpus) => void): void {
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) {
    const corpus = JSON.parse(readFileSync(manifest, 'utf8')) as Omit<Corpus, 'path'>;
    describe(title, () => body({ ...corpus, path: (file) => path.join(folder, file) }));
    return;
  }
  const why = `no corpus at ${folder} (PVF_CORPUS may name another folder)`;
  describe(`${title}: ${why}`, () => {
    it('needs the corpus', function () {
      if (process.env['CI'] === 'true') throw new Error(why);
      this.skip();
    });
  });
}
