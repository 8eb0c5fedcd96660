import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noMetadataHash: Rule<'metadata'> = {
  id: 'no-metadata-hash',
  about: 'metadata',
  severity: 'warning',
  place: 'build-script',
  title: 'The runtime was built without the metadata hash.',
  docs: paragraphs(`
    The runtime has the extension \`CheckMetadataHash\`, but no hash was compiled in. Every transaction that uses the check is
    then invalid: those of Ledger's generic app and of other offline signers (RFC 78).

    The build script passes the hash on: \`WasmBuilder::init_with_defaults().enable_metadata_hash("UNIT", 12).build()\`,
    with the symbol and decimals of the token. Most runtimes do so only with a cargo feature (\`metadata-hash\`, or
    \`on-chain-release-build\`), because it compiles the runtime twice. Build the release with that feature.
  `),
  run({ result }) {
    if (result.kind !== 'read' || result.hashes.found.length > 0) return [];
    if (!result.metadata.extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')) return [];
    return [
      {
        message: 'No metadata hash was compiled in, so every transaction that uses CheckMetadataHash is invalid.',
        hint: 'Build the release with the cargo feature that calls enable_metadata_hash: mostly metadata-hash or on-chain-release-build.',
      },
    ];
  },
};
