import { fieldOf, keyOf, readSources, type SourceFile } from '../cargo/sources.ts';

/** The thin crate around Polkadot's worker in `media/official-worker`. */
interface Template {
  readonly files: readonly SourceFile[];
  /** 12 hexadecimal digits that change with any byte of the files. */
  readonly key: string;
  /** The node version of the worker. */
  readonly version: string;
  /** The oldest Rust that the locked crates accept: `1.89`. */
  readonly rustVersion: string;
}

const MANIFEST = 'Cargo.toml';

/** A fixed list, because a checkout may have a `target` folder here. */
const fileNames = ['Cargo.lock', MANIFEST, 'src/main.rs'] as const;

const whose = "the official worker's";

/** Rejects with the system's error when a file is missing, or an `Error` when Cargo.toml lacks a version. */
export async function readTemplate(folder: string): Promise<Template> {
  const files = await readSources(folder, fileNames);
  const manifest = Buffer.from(files.find(({ name }) => name === MANIFEST)?.bytes ?? []).toString('utf8');
  return {
    files,
    key: keyOf(files),
    version: fieldOf(manifest, 'version', whose),
    rustVersion: fieldOf(manifest, 'rust-version', whose),
  };
}
