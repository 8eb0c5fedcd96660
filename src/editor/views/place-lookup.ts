import { readPackageName } from '../discovery/manifest.ts';
import { findSourcePlaces, type SourcePlaces } from '../discovery/source-places.ts';
import type { Runtime, TextPlace } from '../model.ts';
import type { Problem } from './problems.ts';

/** Places of one crate; each file is read at most once. */
export class PlaceLookup {
  readonly #manifestPath: string | undefined;
  #sources: Promise<SourcePlaces> | undefined;
  #package: Promise<TextPlace> | undefined;

  constructor({ manifestPath }: Pick<Runtime, 'manifestPath'>) {
    this.#manifestPath = manifestPath;
  }

  /** Where a problem is shown; undefined for a runtime whose crate is not known, since a blob can't be opened. */
  async of(place: Problem['place']): Promise<TextPlace | undefined> {
    const manifest = this.#manifestPath;
    if (manifest === undefined) return undefined;
    this.#package ??= packagePlace(manifest);
    if (place === 'manifest') return this.#package;
    this.#sources ??= findSourcePlaces(manifest);
    return pick(await this.#sources, place) ?? this.#package;
  }
}

async function packagePlace(manifest: string): Promise<TextPlace> {
  return (await readPackageName(manifest))?.place ?? { path: manifest, line: 0, column: 0, length: 0 };
}

function pick(places: SourcePlaces, place: Exclude<Problem['place'], 'manifest'>): TextPlace | undefined {
  switch (place) {
    case 'register-validate-block':
      // Where it is missing, it belongs below the runtime.
      return places.registerValidateBlock ?? places.constructRuntime;
    case 'construct-runtime':
      return places.constructRuntime;
    case 'build-script':
      return places.buildScript;
  }
}
