/** What a panel shows. VS Code restores a panel by its kind and the key of its subject. */
import type { PanelKind } from '../../contributions.ts';

export type PanelSubject =
  | { readonly kind: Exclude<PanelKind, 'pvf.compare'>; readonly runtimeId: string }
  | { readonly kind: 'pvf.compare'; readonly older: ReportRef; readonly newer: ReportRef };

export interface ReportRef {
  readonly runtimeId: string;
  /** `last`: the runtime as it is now. `previous`: the report of the build before. */
  readonly which: 'last' | 'previous';
}

export function keyOf(subject: PanelSubject): string {
  if (subject.kind !== 'pvf.compare') return subject.runtimeId;
  return JSON.stringify([subject.older, subject.newer].map(({ runtimeId, which }) => [runtimeId, which]));
}

/** Undefined for a key that `keyOf` did not make. */
export function subjectOf(kind: PanelKind, key: string): PanelSubject | undefined {
  if (kind !== 'pvf.compare') return { kind, runtimeId: key };
  const [older, newer] = parsed(key).flatMap(refOf);
  return older === undefined || newer === undefined ? undefined : { kind, older, newer };
}

export function runtimeIdsOf(subject: PanelSubject): readonly string[] {
  return subject.kind === 'pvf.compare' ? [subject.older.runtimeId, subject.newer.runtimeId] : [subject.runtimeId];
}

function parsed(key: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(key);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function refOf(value: unknown): ReportRef[] {
  if (!Array.isArray(value)) return [];
  const [runtimeId, which]: readonly unknown[] = value;
  const isKnown = typeof runtimeId === 'string' && (which === 'last' || which === 'previous');
  return isKnown ? [{ runtimeId, which }] : [];
}
