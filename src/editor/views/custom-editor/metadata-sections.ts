/** The sections about the metadata of the editor for runtimes. */
import { groupDigits } from '../../../base/units.ts';
import type { FactsSection, PageFact, PageSection, TableSection } from '../../../model/blob-page.ts';
import { metadataCounts } from '../../../model/metadata-views.ts';
import type { MetadataSummary, Report } from '../../../model/report.ts';
import { oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';

/** Empty when the metadata was not read, as in a workspace that is not trusted. */
export function metadataSections({ metadata }: Report, t: Translate): PageSection[] {
  if (metadata === undefined) return [];
  const { pallets, runtimeApis, transactionExtensions } = metadata;
  return [
    overview(metadata, t),
    ...(pallets === undefined ? [] : [palletsTable(pallets, t)]),
    ...(runtimeApis === undefined ? [] : [apisTable(runtimeApis, t)]),
    ...(transactionExtensions === undefined ? [] : [extensionsTable(transactionExtensions, t)]),
  ];
}

function overview(metadata: MetadataSummary, t: Translate): FactsSection {
  const { problem, version, hash } = metadata;
  const facts: readonly (PageFact | undefined)[] = [
    problem === undefined ? undefined : { label: t('Problem'), value: oneLine(problem), tone: 'warning' },
    version === undefined ? undefined : { label: t('Metadata version'), value: `${version}` },
    ...metadataCounts(metadata).map(({ label, count }) => ({ label: t(label), value: groupDigits(count) })),
    ...(hash?.found ?? []).map((value) => ({ label: t('Metadata hash, probably'), value, isCode: true })),
  ];
  const known = facts.filter((fact) => fact !== undefined);
  return { kind: 'facts', id: 'metadata', heading: t('Metadata'), facts: known };
}

function palletsTable(pallets: MetadataSummary['pallets'] & object, t: Translate): TableSection {
  const numbers = [t('Index'), t('Calls'), t('Storage items'), t('Events'), t('Errors'), t('Constants')];
  return {
    kind: 'table',
    id: 'pallets',
    heading: t('Pallets ({0})', pallets.length),
    columns: [{ label: t('Pallet') }, ...numbers.map((label) => ({ label, isNumber: true }))],
    rows: pallets.map(({ name, index, calls, storage, events, errors, constants }) => [
      oneLine(name),
      ...[index, calls, storage, events, errors, constants].map(groupDigits),
    ]),
    empty: t('It has no pallets.'),
    search: { label: t('Search the pallets'), none: t('No pallet matches.') },
  };
}

function apisTable(apis: MetadataSummary['runtimeApis'] & object, t: Translate): TableSection {
  return {
    kind: 'table',
    id: 'runtime-apis',
    heading: t('Runtime APIs ({0})', apis.length),
    columns: [{ label: t('Name') }, { label: t('Version'), isNumber: true }, { label: t('Methods'), isNumber: true }],
    rows: apis.map(({ name, version, methods }) => [oneLine(name), `${version ?? ''}`, groupDigits(methods)]),
    empty: t('It has no runtime APIs.'),
  };
}

function extensionsTable(extensions: readonly string[], t: Translate): TableSection {
  return {
    kind: 'table',
    id: 'extensions',
    heading: t('Transaction extensions ({0})', extensions.length),
    columns: [{ label: t('Place'), isNumber: true }, { label: t('Name') }],
    rows: extensions.map((name, at) => [`${at}`, oneLine(name)]),
    empty: t('It has no transaction extensions.'),
  };
}
