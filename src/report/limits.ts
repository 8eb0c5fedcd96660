/** Limit profiles as text for a terminal, and as JSON. */
import { groupDigits } from '../base/units.ts';
import {
  isChanged,
  type ProfileFigure,
  type ProfileSummary,
  type ProfileValueSummary,
  pendingTitle,
  profileAge,
} from '../model/profile-summary.ts';
import { oneLine, type Paint, painter, printable, wrap } from './terminal.ts';

const width = 100;
const indent = '  ';
const gap = '  ';

export interface ProfilesOptions {
  readonly colour: boolean;
  /** Adds who enforces each value. */
  readonly verbose: boolean;
  /** Milliseconds since 1970: the age of a profile ends here. */
  readonly nowMs: number;
}

/** Each profile: its source and age, and a table with a column for the limits in force, and for each scheduled change. */
export function formatProfiles(profiles: readonly ProfileSummary[], options: ProfilesOptions): string {
  const paint = painter(options.colour);
  return `${profiles.map((profile) => profileLines(profile, options, paint).join('\n')).join('\n\n')}\n`;
}

/** An array of the profiles. A value that is not known, or not set, is absent; its text says which. */
export function profilesJson(profiles: readonly ProfileSummary[], nowMs: number): string {
  const all = profiles.map((profile) => ({
    ...profile,
    age: profileAge(profile.date, nowMs),
    values: profile.values.map(({ active, pending, ...value }) => ({
      ...value,
      active: figureJson(active),
      pending: pending.map((figure, at) => ({ ...profile.pending[at], ...figureJson(figure) })),
    })),
  }));
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

function figureJson({ value, lines }: ProfileFigure): object {
  return { ...(value !== undefined && { value }), text: lines.join(', ') };
}

function profileLines(profile: ProfileSummary, { verbose, nowMs }: ProfilesOptions, paint: Paint): string[] {
  const { name, source, date, notes } = profile;
  return [
    paint(oneLine(name), 'bold'),
    ...paragraph(source),
    ...paragraph(`${date}, ${profileAge(date, nowMs)}`),
    ...placeLines(profile),
    '',
    ...tableLines(profile, verbose, paint),
    ...(notes.length === 0 ? [] : ['', ...notes.flatMap((note) => paragraph(`note: ${note}`))]),
  ];
}

/** The chain and the block that the values were read from. */
function placeLines({ chain, specVersion, block, session, rpc }: ProfileSummary): string[] {
  const parts = [
    chain === undefined ? '' : `${chain}${specVersion === undefined ? '' : ` ${specVersion}`}`,
    block === undefined ? '' : `block ${groupDigits(block.number)}`,
    session === undefined ? '' : `session ${groupDigits(session)}`,
    rpc === undefined ? '' : `read from ${rpc}`,
  ].filter((part) => part !== '');
  return [
    ...(parts.length === 0 ? [] : paragraph(parts.join(', '))),
    ...(block === undefined ? [] : paragraph(block.hash)),
  ];
}

function tableLines({ values, pending }: ProfileSummary, verbose: boolean, paint: Paint): string[] {
  const head = ['', 'In force', ...pending.map(pendingTitle)];
  const rows = values.flatMap((value) =>
    rowsOf(value).map((cells, at, all) => ({ cells, about: at === all.length - 1 ? value.about : '' })),
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `${indent}${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(gap)}`.trimEnd();
  return [
    paint(line(head), 'dim'),
    ...rows.flatMap(({ cells, about }) => [
      line(cells),
      ...(verbose && about !== '' ? paragraph(about, `${indent}${indent}`).map((text) => paint(text, 'dim')) : []),
    ]),
  ];
}

/** More than one row for a list. A scheduled value that does not change is `=`. */
function rowsOf({ label, active, pending }: ProfileValueSummary): string[][] {
  const columns = [active.lines, ...pending.map((figure) => (isChanged(active, figure) ? figure.lines : ['=']))];
  const count = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) => [
    at === 0 ? label : '',
    ...columns.map((lines) => oneLine(lines[at] ?? '')),
  ]);
}

function paragraph(text: string, margin = indent): string[] {
  return wrap(printable(text), width - margin.length).map((line) => margin + line);
}
