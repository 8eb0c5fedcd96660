import { createHash } from 'node:crypto';

const CUSTOM = 0;
const IMPORTS = 2;
const EXPORTS = 7;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Which runtime a module is, whatever its version: the spec name of its `runtime_version` section (written by
 * substrate-wasm-builder), else what it imports and exports. It only names a place in the store; a wrong guess costs time.
 *
 * @param module well-formed wasm
 */
export function runtimeIdentity(module: Uint8Array): string {
  const hash = createHash('sha256');
  for (const { id, body } of sections(module)) {
    if (id === CUSTOM) {
      const name = specName(body);
      if (name !== undefined) return `spec ${name}`;
    } else if (id === IMPORTS || id === EXPORTS) hash.update(body);
  }
  return `interface ${hash.digest('hex')}`;
}

function* sections(module: Uint8Array): Generator<{ id: number; body: Uint8Array }> {
  let at = 8;
  while (at < module.length) {
    const id = module[at] ?? 0;
    const size = leb(module, at + 1);
    yield { id, body: module.subarray(size.end, size.end + size.value) };
    at = size.end + size.value;
  }
}

/** The section's content is SCALE, and begins with the name as a string. */
function specName(custom: Uint8Array): string | undefined {
  const name = leb(custom, 0);
  const content = custom.subarray(name.end + name.value);
  if (Buffer.from(custom.subarray(name.end, name.end + name.value)).toString() !== 'runtime_version') return undefined;
  // A compact number below 64 is one byte. Longer names are none that a team gives; they have the other identity.
  const [first] = content;
  if (first === undefined || (first & 3) !== 0 || first === 0 || content.length < 1 + (first >> 2)) return undefined;
  try {
    return decoder.decode(content.subarray(1, 1 + (first >> 2)));
  } catch {
    return undefined;
  }
}

/** An unsigned LEB128 number and where it ends. */
function leb(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let at = start;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end: at };
  }
}
