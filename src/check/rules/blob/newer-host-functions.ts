import { paragraphs } from '../../../base/text.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { nameList } from './import-list.ts';

/** Two years of quarterly releases. Nodes are supported for one. */
const RECENT_RELEASES = 8;

export const newerHostFunctions: Rule<'blob'> = {
  id: 'newer-host-functions',
  about: 'blob',
  severity: 'information',
  place: 'manifest',
  title: 'The runtime needs nodes of a recent release.',
  docs: paragraphs(`
    The module imports a host function that only nodes since a certain release have. An older node refuses the runtime
    ("runtime requires function imports which are not present on the host"): collators, full nodes and RPC nodes stop at
    the block of the upgrade, and validators trap when \`validate_block\` calls the function.

    Update every node of the parachain before the upgrade. State the oldest release that your nodes run with \`--nodes\`
    (\`--nodes stable2506\`): then a function that is newer is an error, and without such a function nothing is said. The
    releases are those of the published crates (sp-io, sp-statement-store, cumulus-primitives-proof-size-hostfunction).
  `),
  run({ facts: { newImports = [] }, nodes, newestOrder }) {
    const oldest = nodes?.order ?? newestOrder - RECENT_RELEASES;
    const newer = newImports.filter(({ since }) => since.order > oldest);
    const [needed] = newer.map(({ since }) => since).sort((a, b) => b.order - a.order);
    if (needed === undefined) return [];
    const names = nameList(newer.map(({ name }) => name));
    const data = { release: needed.version, ...(needed.tag !== undefined && { tag: needed.tag }), count: newer.length };
    const label = (release: typeof needed) =>
      release.tag === undefined ? `polkadot ${release.version}` : `${release.tag} (polkadot ${release.version})`;
    const details: FindingDetails = {
      message: `Your nodes must be ${label(needed)} or newer: the module imports ${names}.`,
      hint: 'Older nodes refuse the runtime. Update all collators, full nodes and RPC nodes before the upgrade. With --nodes <release>, pvf checks this.',
      data,
    };
    if (nodes === undefined) return [details];
    return [
      {
        ...details,
        severity: 'error',
        message: `Nodes of ${label(nodes)} can't run it; they must be ${label(needed)} or newer: the module imports ${names}.`,
        hint: 'They would stop at the upgrade. Update all of them first, or build with the SDK of their release.',
      },
    ];
  },
};
