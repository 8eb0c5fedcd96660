/** The sections about the sizes of the editor for runtimes. */
import { formatBytesExactly, formatRatio } from '../../../base/units.ts';
import type { TableSection } from '../../../model/blob-page.ts';
import type { Report } from '../../../model/report.ts';
import { crateNodes, knownOwners } from '../../../model/size-views.ts';
import { oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';

interface Part {
  readonly name: string;
  readonly bytes: number;
}

/** Empty when the sizes are not known. */
export function sizeSections({ sizes }: Report, t: Translate): TableSection[] {
  if (sizes === undefined || sizes.codeBytes === 0) return [];
  const table = (id: string, heading: string, name: string, parts: readonly Part[]) =>
    sizeTable({ id, heading, name, parts, total: sizes.codeBytes }, t);
  const owners = knownOwners(sizes);
  const crates = crateNodes(sizes);
  return [
    ...(owners.length === 0
      ? []
      : [table('owners', t('Sizes by pallet and own crate ({0})', owners.length), t('Pallet or crate'), owners)]),
    table('crates', t('Sizes by crate ({0})', crates.length), t('Crate'), crates),
  ];
}

interface SizeTable {
  readonly id: string;
  readonly heading: string;
  readonly name: string;
  /** The largest first. */
  readonly parts: readonly Part[];
  readonly total: number;
}

function sizeTable({ id, heading, name, parts, total }: SizeTable, t: Translate): TableSection {
  const [largest] = parts;
  return {
    kind: 'table',
    id,
    heading,
    columns: [{ label: name }, { label: t('Size'), isNumber: true }, { label: t('Share'), isNumber: true }],
    rows: parts.map((part) => [oneLine(part.name), formatBytesExactly(part.bytes), formatRatio(part.bytes / total)]),
    bars: parts.map(({ bytes }) => bytes / Math.max(1, largest?.bytes ?? 0)),
    links: {
      title: t('Open the source'),
      messages: parts.map((part) => ({ kind: 'open-source', crate: part.name })),
    },
    button: { label: t('Treemap'), message: { kind: 'show-sizes' } },
    empty: t('The crates are not known.'),
    search: { label: t('Search the crates'), none: t('No crate matches.') },
  };
}
