import type { Report } from '../model/report.ts';
import type { SourcePlace, TextPlace } from '../model/source-place.ts';
import type { PlacesOf } from '../report/sarif.ts';
import { manifestOfBlob } from '../runtime/sources/crate-of-blob.ts';
import { PlaceLookup } from '../runtime/sources/place-lookup.ts';

const places = ['manifest', 'register-validate-block', 'construct-runtime', 'build-script'] as const;

/** Where in the sources of each runtime its findings belong. A runtime whose crate is not found has no places. */
export async function sourcePlaces(reports: readonly Report[]): Promise<PlacesOf> {
  const found = new Map<Report, ReadonlyMap<SourcePlace, TextPlace>>();
  for (const report of reports) {
    // The code of a chain has no sources here.
    if (report.para !== undefined) continue;
    const manifestPath = await manifestOfBlob(report.runtime.path);
    if (manifestPath === undefined) continue;
    const lookup = new PlaceLookup({ manifestPath });
    const known = await Promise.all(places.map(async (place) => [place, await lookup.of(place)] as const));
    found.set(report, new Map(known.flatMap(([place, at]) => (at === undefined ? [] : [[place, at] as const]))));
  }
  return (report) => found.get(report);
}
