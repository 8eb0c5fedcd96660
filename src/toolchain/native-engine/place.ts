import path from 'node:path';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { readEngineSources } from './sources.ts';

type Machine = Pick<NodeJS.Process, 'platform' | 'arch'>;

/** Where the native helper of these sources is installed. Different machines may share a home folder, so the path names both. */
export function enginePlace(cacheFolder: string, key: string, { platform, arch }: Machine): string {
  const file = platform === 'win32' ? 'pvf-engine.exe' : 'pvf-engine';
  return path.join(cacheFolder, 'engines', `${platform}-${arch}-${key}`, file);
}

interface FindEngineOptions extends Machine {
  readonly cacheFolder: string;
  /** `engine` of this package. */
  readonly engineFolder: string;
}

/** Path of the native helper built from the sources in this package; undefined when it is not installed. Never rejects. */
export async function findNativeEngine(options: FindEngineOptions): Promise<string | undefined> {
  const sources = await readEngineSources(options.engineFolder).catch(() => undefined);
  if (sources === undefined) return undefined;
  const place = enginePlace(options.cacheFolder, sources.key, options);
  return (await lookAtFile(place)).state === 'found' ? place : undefined;
}
