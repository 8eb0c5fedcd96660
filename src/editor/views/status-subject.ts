/** What the status bar is about: one runtime, or all of them. */
import path from 'node:path';
import { gradeOf } from '../../model/grade.ts';
import { isAutomatic, isInCrate, type Runtime, type RuntimeEntry, type Translate } from '../model.ts';
import { gradeLooks } from './labels.ts';
import type { StatusText } from './status-text.ts';

/** What the active editor shows. */
export type ActiveDocument =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'report'; readonly runtimeId: string }
  | { readonly kind: 'explanation'; readonly findingId: string }
  | { readonly kind: 'other' };

export type StatusSubject =
  /** `name` is empty if there is no other runtime. */
  | { readonly kind: 'one'; readonly entry: RuntimeEntry; readonly name: string }
  | { readonly kind: 'all'; readonly entries: readonly RuntimeEntry[] };

/** A running check is always visible. Undefined: there are no runtimes. */
export function statusSubject(entries: readonly RuntimeEntry[], active: ActiveDocument): StatusSubject | undefined {
  const related = relatedEntries(entries, active);
  const running = [...related, ...entries].find(({ state }) => state.activity.kind === 'running');
  const counted = countedOf(entries);
  const [only] = counted;
  const entry = running ?? worst(countedOf(related)) ?? (counted.length === 1 ? only : undefined);
  if (entry !== undefined) return { kind: 'one', entry, name: nameAmong(entries, entry.runtime) };
  return entries.length === 0 ? undefined : { kind: 'all', entries: counted };
}

/** The results of the other runtimes don't count, unless there are only such ones. */
function countedOf(entries: readonly RuntimeEntry[]): readonly RuntimeEntry[] {
  const automatic = entries.filter(({ runtime }) => isAutomatic(runtime));
  return automatic.length > 0 ? automatic : entries;
}

/** The runtimes of the document in the active editor. */
export function relatedEntries(entries: readonly RuntimeEntry[], active: ActiveDocument): RuntimeEntry[] {
  return entries.filter((entry) => isRelated(entry, active));
}

function isRelated({ runtime, state }: RuntimeEntry, active: ActiveDocument): boolean {
  switch (active.kind) {
    case 'file':
      return isInCrate(active.path, runtime) || isFileOf(active.path, runtime);
    case 'report':
      return runtime.id === active.runtimeId;
    case 'explanation':
      return state.report?.findings.some(({ id }) => id === active.findingId) ?? false;
    case 'other':
      return false;
  }
}

function isFileOf(file: string, { blob, others }: Runtime): boolean {
  return [blob, ...others].some((one) => one.path === file);
}

/** Empty if there is no other runtime. The profile distinguishes several blobs of one crate. */
export function nameAmong(entries: readonly RuntimeEntry[], { id, name, profile, blob }: Runtime): string {
  const others = entries.map(({ runtime }) => runtime).filter((other) => other.id !== id);
  if (others.length === 0) return '';
  const namesakes = others.filter((other) => other.name === name);
  if (namesakes.length === 0) return name;
  const isProfileUnique = profile !== undefined && namesakes.every((other) => other.profile !== profile);
  return `${name} (${isProfileUnique ? profile : path.basename(path.dirname(blob.path))})`;
}

/** From best to worst. A failed check outweighs a passed one, but not a failed runtime. */
type Rank = 'pass' | 'unchecked' | 'slow' | 'near' | 'undecided' | 'fail';

const ranks: readonly Rank[] = ['pass', 'unchecked', 'slow', 'near', 'undecided', 'fail'];

function rankOf({ state: { report, isCurrent, problem } }: RuntimeEntry): Rank {
  if (problem !== undefined) return 'undecided';
  if (report === undefined || !isCurrent) return 'unchecked';
  const { status, word, vote } = gradeOf(report);
  if (status !== 'pass') return status;
  if (word === 'near' || word === 'slow') return word;
  return vote === 'inspected' ? 'unchecked' : 'pass';
}

function worst(entries: readonly RuntimeEntry[]): RuntimeEntry | undefined {
  const [first] = [...entries].sort((a, b) => ranks.indexOf(rankOf(b)) - ranks.indexOf(rankOf(a)));
  return first;
}

/** `1 of 3 fails`: the worst state, and how many runtimes have it. */
export function statusOfAll(entries: readonly RuntimeEntry[], t: Translate): StatusText {
  const first = worst(entries);
  const rank = first === undefined ? 'unchecked' : rankOf(first);
  const count = entries.filter((entry) => rankOf(entry) === rank).length;
  const text = countText(rank, count, entries.length, t);
  return { ...looks[rank], text, isOld: false, accessibleLabel: `PVF: ${text}` };
}

const { icon: failIcon } = gradeLooks.rejected;
const looks: Readonly<Record<Rank, Pick<StatusText, 'icon' | 'background'>>> = {
  fail: { icon: failIcon, background: 'error' },
  undecided: { icon: gradeLooks.undecided.icon, background: 'warning' },
  near: { icon: gradeLooks.near.icon, background: 'none' },
  slow: { icon: gradeLooks.slow.icon, background: 'none' },
  unchecked: { icon: 'circle-outline', background: 'none' },
  pass: { icon: gradeLooks.accepted.icon, background: 'none' },
};

function countText(rank: Rank, count: number, all: number, t: Translate): string {
  switch (rank) {
    case 'fail':
      return count === 1 ? t('1 of {0} fails', all) : t('{0} of {1} fail', count, all);
    case 'undecided':
      return t('{0} of {1} undecided', count, all);
    case 'near':
      return t('{0} of {1} near a limit', count, all);
    case 'slow':
      return t('{0} of {1} slow to prepare', count, all);
    case 'unchecked':
      return t('{0} of {1} not prepared', count, all);
    case 'pass':
      return t('all {0} pass', all);
  }
}
