import type { ExaminedWorker } from '../worker/identity/examine.ts';
import type { SandboxFeature } from '../worker/identity/security-probe.ts';
import type { LocateResult } from '../worker/locate/locate.ts';
import type { Candidate, PlaceSource } from '../worker/locate/place.ts';

/** A candidate, and what became of it when it was asked. */
export type Examined =
  | { readonly candidate: Candidate; readonly worker: ExaminedWorker }
  | { readonly candidate: Candidate; readonly refusal: string };

const sourceNames: Record<PlaceSource, string> = {
  setting: '--worker',
  workspace: 'workspace',
  'beside-polkadot': 'beside polkadot',
  path: 'PATH',
  system: 'system',
  store: 'own store',
};

const featureNames: Record<SandboxFeature, string> = {
  landlock: 'landlock',
  seccomp: 'seccomp',
  changeRoot: 'own user namespace and root',
  secureClone: 'secure clone',
};

const buildHint = '`pvf workers build` builds the official worker from its published crates.';

/** Every place of the search; the first that was found is the one that `auto` takes. */
export function listText({ places, candidates }: LocateResult): string {
  const width = Math.max(...places.map(({ source }) => sourceNames[source].length), 0);
  const taken = candidates[0]?.path;
  const lines = places.map(({ source, path, state, note }) => {
    const mark = state === 'found' ? (path === taken ? '→' : '·') : ' ';
    return `${mark} ${sourceNames[source].padEnd(width)}  ${state.padEnd(14)}  ${path}\n  ${''.padEnd(width)}  ${note}`;
  });
  const head = taken ? `The worker that would be used: ${taken}` : `No prepare worker was found. ${buildHint}`;
  return `${head}\n\nLooked for, in this order:\n${lines.join('\n')}\n`;
}

export function diagnosisText(found: LocateResult, examined: readonly Examined[]): string {
  const parts = examined.map(workerText);
  return `${parts.length > 0 ? `${parts.join('\n')}\n` : ''}${listText(found)}`;
}

function workerText(one: Examined): string {
  const head = `${one.candidate.path} (${sourceNames[one.candidate.source]})`;
  if ('refusal' in one) return `${head}\n  can't be used: ${one.refusal}\n`;
  const { version, revision, security, identity } = one.worker;
  const features = Object.entries(featureNames).map(([name, words]) => {
    const probe = security[name as SandboxFeature];
    return `    ${words}: ${probe.available ? 'available' : `not available: ${probe.reason}`}`;
  });
  return [
    head,
    `  version        ${version}`,
    `  wire revision  ${revision.id} (that of pvf-common ${revision.id})`,
    `  SHA-256        ${identity}`,
    '  sandbox (makes no difference to the verdict)',
    ...features,
    '',
  ].join('\n');
}
