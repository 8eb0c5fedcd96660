import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { lookFor } from './look-at-file.ts';
import { type Finding, joinFindings, justPlace, type Place, type PlaceSource } from './place.ts';
import { firstProgram } from './search-path.ts';

/** PATH as the search may use it. */
export interface UsablePath {
  readonly folders: readonly string[];
  /** Entries that are left out, with the reason. */
  readonly leftOut: readonly Place[];
}

/** Looks in every folder of PATH; those that have no such file are counted, not listed. */
export async function lookOnPath(fileName: string, { folders, leftOut }: UsablePath): Promise<Finding> {
  const found = await Promise.all(
    folders.map((folder) => lookFor('path', path.join(folder, fileName), 'It stands in a folder of PATH.')),
  );
  const present = found.filter(({ places }) => places[0]?.state !== 'missing');
  const searched = folders.length === 1 ? 'the one folder' : `any of the ${folders.length} folders`;
  const none: Place = { source: 'path', path: fileName, state: 'missing', note: `It is not in ${searched} of PATH.` };
  return joinFindings([{ places: leftOut, candidates: [] }, ...(present.length > 0 ? present : [justPlace(none)])]);
}

/**
 * Looks where a `polkadot` on PATH would look for its worker first: in the folder of the program itself, with symbolic
 * links resolved (polkadot/node/service/src/workers.rs).
 */
export async function lookBesidePolkadot(fileName: string, { folders }: UsablePath): Promise<Finding> {
  const source: PlaceSource = 'beside-polkadot';
  const polkadot = await firstProgram(fileName.endsWith('.exe') ? 'polkadot.exe' : 'polkadot', folders);
  if (polkadot === undefined) {
    return justPlace({ source, path: fileName, state: 'missing', note: 'There is no polkadot on PATH.' });
  }
  const worker = path.join(path.dirname(await realpath(polkadot)), fileName);
  const finding = await lookFor(source, worker, `It stands beside ${polkadot}.`);
  const places = finding.places.map((place) =>
    place.state === 'missing' ? { ...place, note: `There is none beside ${polkadot}.` } : place,
  );
  return { ...finding, places };
}
