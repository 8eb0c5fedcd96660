import { execFileSync } from 'node:child_process';

/**
 * Starts a program as the owner of its files that permissions do hold for: root may read and write everything, so as root
 * without the two capabilities for it (setpriv of util-linux), otherwise just so. Empty = nothing is needed.
 */
export const asOwnerWithoutPrivileges: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

/**
 * Starts a program through a line of shell that first mounts something, where only this program sees it, and in which
 * `"$@"` is the program. Undefined where the system does not allow mounts.
 */
export function withOwnMounts(script: string): readonly string[] | undefined {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const own = ['--mount', ...asRoot];
  try {
    execFileSync('unshare', [...own, 'mount', '-t', 'tmpfs', 'test', '/mnt'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return ['unshare', ...own, 'sh', '-c', script, 'sh'];
}
