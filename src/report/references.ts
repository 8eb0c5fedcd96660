/** Turns references to issues and pull requests into links: `polkadot-sdk PR 9875`, `cumulus#863`, `fellows/runtimes PR 1191`. */

/** The GitHub repositories of the names in our texts. */
const repositories: Readonly<Record<string, string>> = {
  'polkadot-sdk': 'paritytech/polkadot-sdk',
  polkadot: 'paritytech/polkadot',
  substrate: 'paritytech/substrate',
  cumulus: 'paritytech/cumulus',
  'fellows/runtimes': 'polkadot-fellows/runtimes',
  'aleph-node': 'Cardinal-Cryptography/aleph-node',
  astar: 'AstarNetwork/Astar',
  'chainflip-backend': 'chainflip-io/chainflip-backend',
  'hydration-node': 'galacticcouncil/hydration-node',
  tanssi: 'moondance-labs/tanssi',
  rust: 'rust-lang/rust',
};

const names = Object.keys(repositories)
  .sort((a, b) => b.length - a.length)
  .join('|');
const reference = new RegExp(`(?<![\\w/-])(${names})(?: (PR|issue) |\\\\?#)(\\d+)`, 'g');

/** @param markdown text that is already escaped. Code spans must not contain references. */
export function withLinks(markdown: string): string {
  return markdown.replace(reference, (text, name: string, kind: string | undefined, number: string) => {
    return `[${text}](https://github.com/${repositories[name] ?? name}/${kind === 'PR' ? 'pull' : 'issues'}/${number})`;
  });
}
