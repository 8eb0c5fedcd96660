import path from 'node:path';

/** Holds a folder for each native helper that was built. */
export function enginesFolder(cacheFolder: string): string {
  return path.join(cacheFolder, 'engines');
}

/** Where the helper of these sources is installed. Machines of different kinds may share a home folder, so it names both. */
export function enginePlace(
  cacheFolder: string,
  key: string,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'>,
): string {
  const file = platform === 'win32' ? 'pvf-engine.exe' : 'pvf-engine';
  return path.join(enginesFolder(cacheFolder), `${platform}-${arch}-${key}`, file);
}
