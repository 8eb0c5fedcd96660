/** The errors that the crates of Polkadot's prepare worker can give, extracted from their sources in cargo's registry. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface ErrorSource {
  readonly files: readonly string[];
  /** @returns the names of variants, or the constant starts of the texts */
  readonly extract: (source: string) => readonly string[];
}

export const errorSources: Readonly<Record<string, ErrorSource>> = {
  'parity-wasm': { files: ['src/elements/mod.rs'], extract: variantsOf('Error') },
  'wasm-instrument': {
    files: ['max_height.rs', 'mod.rs', 'thunk.rs'].map((name) => `src/stack_limiter/${name}`),
    extract: matches(/(?:ok_or|Err)\(\s*"([^"]+)"/g),
  },
  'sc-executor-common': { files: ['src/runtime_blob/runtime_blob.rs'], extract: wasmErrors },
  'sc-executor-wasmtime': { files: ['src/runtime.rs', 'src/imports.rs'], extract: wasmErrors },
  'sp-maybe-compressed-blob': { files: ['src/lib.rs'], extract: matches(/#\[error\("([^"]+)"\)\]/g) },
  'polkadot-node-core-pvf-common': { files: ['src/error.rs'], extract: variantsOf('PrepareError') },
};

/** Undefined when cargo has not fetched the crate. */
export function extractErrors(crate: string, version: string): string[] | undefined {
  const source = errorSources[crate];
  const folder = crateFolder(`${crate}-${version}`);
  if (!source || folder === undefined) return undefined;
  const texts = source.files.map((file) => readFileSync(join(folder, file), 'utf8').split('#[cfg(test)]')[0] ?? '');
  return [...new Set(texts.flatMap((text) => source.extract(text)))];
}

function crateFolder(name: string): string | undefined {
  const sources = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src');
  if (!existsSync(sources)) return undefined;
  return readdirSync(sources)
    .map((registry) => join(sources, registry, name))
    .find((folder) => existsSync(folder));
}

function matches(pattern: RegExp): ErrorSource['extract'] {
  return (source) => Array.from(source.matchAll(pattern), ([, text = '']) => text);
}

/** `WasmError::Other("…")` and `WasmError::Other(format!("…"))`, up to the first variable part. */
function wasmErrors(source: string): string[] {
  const texts = matches(/WasmError::Other\(\s*(?:format!\(\s*)?"([^"]+)"/g)(source);
  return texts.map((text) => text.replace(/\{[\s\S]*/, '').trim());
}

function variantsOf(name: string): ErrorSource['extract'] {
  return (source) => {
    const body = new RegExp(`pub enum ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? '';
    return matches(/^\t([A-Z]\w+)/gm)(body);
  };
}
