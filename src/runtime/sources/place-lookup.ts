/** The places of findings in the sources of one runtime. */
import type { SourcePlace, TextPlace } from '../../model/source-place.ts';
import { readPackageName } from './manifest.ts';
import { findSourcePlaces, type SourcePlaces } from './source-places.ts';

/** Finds places in one crate. Reads each file at most once. */
export class PlaceLookup {
  readonly #manifestPath: string | undefined;
  #sources: Promise<SourcePlaces> | undefined;
  #package: Promise<TextPlace> | undefined;

  constructor({ manifestPath }: { readonly manifestPath?: string }) {
    this.#manifestPath = manifestPath;
  }

  /** Undefined for a runtime without a known crate: an editor can't open a blob. */
  async of(place: Exclude<SourcePlace, 'none'>): Promise<TextPlace | undefined> {
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

function pick(places: SourcePlaces, place: Exclude<SourcePlace, 'manifest' | 'none'>): TextPlace | undefined {
  switch (place) {
    case 'register-validate-block':
      // A missing macro belongs below the runtime.
      return places.registerValidateBlock ?? places.constructRuntime;
    case 'construct-runtime':
      return places.constructRuntime;
    case 'build-script':
      return places.buildScript;
  }
}
