/** CPU time of the calling thread alone in milliseconds; undefined before Node 23.9. */
export function threadCpuMs(): number | undefined {
  if (!('threadCpuUsage' in process) || typeof process.threadCpuUsage !== 'function') return undefined;
  const { user, system } = process.threadCpuUsage() as { readonly user: number; readonly system: number };
  return (user + system) / 1000;
}
