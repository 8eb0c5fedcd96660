import path from 'node:path';

/** The folder in which each native helper that was built has a folder of its own. */
export function enginesFolder(cacheFolder: string): string {
  return path.join(cacheFolder, 'engines');
}

/** Where the helper of these sources stands. The home folder may be shared by machines of different kinds. */
export function enginePlace(
  cacheFolder: string,
  key: string,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'>,
): string {
  const file = platform === 'win32' ? 'pvf-engine.exe' : 'pvf-engine';
  return path.join(enginesFolder(cacheFolder), `${platform}-${arch}-${key}`, file);
}
