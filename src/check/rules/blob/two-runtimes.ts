import { paragraphs } from '../../../base/text.ts';
import type { SecondRuntime } from '../../../runtime/second-runtime.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { nameList } from './import-list.ts';

export const twoRuntimes: Rule<'blob'> = {
  id: 'two-runtimes',
  about: 'blob',
  severity: 'error',
  place: 'manifest',
  title: 'The blob holds two runtimes.',
  docs: paragraphs(`
    A blob is one runtime. A second one comes into it when the runtime crate depends on another runtime crate, for a
    constant or a type: the linker then puts both \`runtime_version\` sections behind each other, and both lists of runtime
    APIs. A chain reads the first version only (sp-version, embed.rs), which may be that of the other runtime:
    \`set_code\` then ends in \`InvalidSpecName\` or \`SpecVersionNeedsToIncrease\`, or the chain announces a wrong version.
    When both have the same name and version, this is a warning.

    An export that is there twice, such as \`validate_block\` or \`Core_version\`, and a second module behind the first, come
    from tools that merge or concatenate files. No validator accepts them.

    Move what both runtimes share into a crate of its own. Where that can't be done, give the other runtime crate a feature
    \`disable-runtime-api\`, as the relay chain runtimes have one, that switches \`impl_runtime_apis!\` and the version off,
    and enable it in the dependency. \`cargo tree -e normal\` shows the other runtime crate.
  `),
  run({ facts: { secondRuntime } }) {
    return secondRuntime === undefined ? [] : [{ ...evidence(secondRuntime), hint: hintFor(secondRuntime) }];
  },
};

function evidence({ versions, repeatedExports, moduleAt }: SecondRuntime): FindingDetails {
  if (moduleAt !== undefined) {
    const message = `A second module begins at byte ${moduleAt}: two files were put behind each other. Validators would reject it.`;
    return { message, data: { offset: moduleAt } };
  }
  if (repeatedExports !== undefined) {
    const message = `The module exports ${nameList(repeatedExports)} more than once. Validators would reject it.`;
    return { message, data: { count: repeatedExports.length, first: nameList(repeatedExports.slice(0, 1)) } };
  }
  const names = (versions ?? []).map(({ specName, specVersion }) => `${specName} ${specVersion}`);
  const different = [...new Set(names)];
  if (different.length > 1) {
    const message = `The blob has the versions of ${different.length} runtimes: ${nameList(different)}. A chain reads only the first.`;
    return { message, data: { versions: nameList(different) } };
  }
  const message =
    names.length > 1
      ? `The blob has the runtime version ${nameList(different)} ${names.length} times, so it holds two runtimes.`
      : 'The blob has the runtime API Core more than once, so it holds two runtimes.';
  return { message, severity: 'warning' };
}

function hintFor({ repeatedExports, moduleAt }: SecondRuntime): string {
  if (moduleAt !== undefined) return 'Build or download the file again, and write it to an empty file.';
  if (repeatedExports !== undefined) return 'Build with wasm-builder alone, without tools that merge modules.';
  return 'The runtime crate depends on another runtime crate (cargo tree -e normal). Move what they share into a crate of its own, or switch its runtime API off with a feature (disable-runtime-api).';
}
