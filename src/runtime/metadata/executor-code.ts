import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The interpreter as a wasm module. The bundle holds it itself: esbuild.mjs replaces this file. */
export function executorCode(): Uint8Array {
  return readFileSync(
    new URL('web_bg.wasm', `file://${createRequire(import.meta.url).resolve('@polkadot-api/wasm-executor/web')}`),
  );
}
