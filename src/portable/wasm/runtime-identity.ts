import { createHash } from 'node:crypto';
import { contentOf, readSections, sectionId } from '../../wasm/sections.ts';

const CUSTOM = sectionId('custom');
const INTERFACE: readonly number[] = [sectionId('import'), sectionId('export')];
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Identifies a runtime independent of its version: by the spec name in its `runtime_version` section (written by
 * substrate-wasm-builder), or else by its imports and exports. The result is only part of a key in the store, so a wrong guess
 * only costs time. Reads malformed wasm up to the damage.
 */
export function runtimeIdentity(module: Uint8Array): string {
  const hash = createHash('sha256');
  for (const section of readSections(module).sections) {
    if (section.id === CUSTOM && section.name === 'runtime_version') {
      const name = specName(contentOf(module, section));
      if (name !== undefined) return `spec ${name}`;
    } else if (INTERFACE.includes(section.id)) hash.update(contentOf(module, section));
  }
  return `interface ${hash.digest('hex')}`;
}

/** The section's content is SCALE and begins with the name, a string. */
function specName(content: Uint8Array): string | undefined {
  // A compact number below 64 is one byte. For a longer name, the interface identifies the runtime.
  const [first] = content;
  if (first === undefined || (first & 3) !== 0 || first === 0 || content.length < 1 + (first >> 2)) return undefined;
  try {
    return decoder.decode(content.subarray(1, 1 + (first >> 2)));
  } catch {
    return undefined;
  }
}
