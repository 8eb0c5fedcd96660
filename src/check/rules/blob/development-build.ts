import { paragraphs } from '../../../base/text.ts';
import type { BlobContext, Rule } from '../rule.ts';

export const developmentBuild: Rule<'blob'> = {
  id: 'development-build',
  about: 'blob',
  severity: 'warning',
  place: 'none',
  title: 'The blob is a development build.',
  docs: paragraphs(`
    The file is in the folder of cargo's profile \`dev\` (\`target/debug/wbuild\`), or in a folder of rust-analyzer. For
    this profile, wasm-builder makes no compact and no compressed file (substrate-wasm-builder 35.0.0). So the blob is not
    the one to register, and its sizes say nothing about the limits.

    Build with \`cargo build --release\` (or \`--profile production\`), and check the \`.compact.compressed.wasm\` below
    \`target/release/wbuild\`.
  `),
  run({ runtime }) {
    if (!isDevelopmentBuild(runtime)) return [];
    return [
      {
        message: 'The blob is a development build. It is never compressed, and it is not the file to register.',
        hint: 'Check the .compact.compressed.wasm of a release build (cargo build --release) instead. Only its sizes count.',
      },
    ];
  },
};

export function isDevelopmentBuild({ path, buildProfile }: BlobContext['runtime']): boolean {
  return buildProfile === 'debug' || (buildProfile !== undefined && /(^|[\\/])rust-analyzer[\\/]/.test(path));
}
