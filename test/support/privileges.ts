import { execFileSync } from 'node:child_process';

/**
 * The command prefix that starts a program subject to file permissions. Root bypasses permissions, so the prefix drops
 * the two capabilities for that (setpriv of util-linux). Empty for other users.
 */
export const asOwnerWithoutPrivileges: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

/**
 * The command prefix that starts a program through a shell script with mounts of its own. In the script, `"$@"` is the
 * program. Undefined where the system does not allow mounts.
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
