import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The interpreter as a wasm module. A bundle contains it: esbuild.mjs replaces this file. */
export function executorCode(): Uint8Array {
  const entry = createRequire(import.meta.url).resolve('@polkadot-api/wasm-executor/web');
  return readFileSync(new URL('web_bg.wasm', pathToFileURL(entry)));
}
