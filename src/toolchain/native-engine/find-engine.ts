import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { enginePlace } from './place.ts';
import { readEngineSources } from './sources.ts';

export interface FindEngineOptions {
  readonly cacheFolder: string;
  /** `engine` of this package. */
  readonly engineFolder: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
}

/** Path of the native helper that was built from the sources in this package; undefined when there is none. Never rejects. */
export async function findNativeEngine(options: FindEngineOptions): Promise<string | undefined> {
  const sources = await readEngineSources(options.engineFolder).catch(() => undefined);
  if (sources === undefined) return undefined;
  const place = enginePlace(options.cacheFolder, sources.key, options);
  return (await lookAtFile(place)).state === 'found' ? place : undefined;
}
