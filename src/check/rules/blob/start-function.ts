import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const startFunction: Rule<'blob'> = {
  id: 'start-function',
  about: 'blob',
  severity: 'warning',
  place: 'build-script',
  title: 'The module has a start function.',
  docs: paragraphs(`
    The start function runs whenever a validator or a node instantiates the module, before the call itself. Substrate's
    build never makes one. If it traps, every call fails; preparation does not run it, so pre-checking can't show that.

    It comes from a tool that processed the module afterwards, from \`#[wasm_bindgen(start)]\`, or from a linker flag. Build
    with wasm-builder alone.
  `),
  run({ facts }) {
    if (facts.startFunction === undefined) return [];
    return [
      {
        message: 'The module has a start function, which runs before every call.',
        hint: "Substrate's build makes none. Look for wasm-bindgen, linker flags, or a tool that changed the module after the build.",
      },
    ];
  },
};
