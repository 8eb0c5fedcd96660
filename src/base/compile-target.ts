import { readFile } from 'node:fs/promises';

/** The target of the built-in compiler: always x86-64 Linux, like validators. */
export interface CompileTarget {
  /** CPU features that the code may use, with Cranelift's names. */
  readonly flags: readonly string[];
  /** `this-machine`: the features that an official worker uses here, so that artifacts have the same bytes. */
  readonly from: 'this-machine' | 'x86-64-v3';
}

/** The features that cranelift-native 0.123.20 detects, with the kernel's and Cranelift's names. */
const names: readonly (readonly [kernel: string, cranelift: string])[] = [
  ['pni', 'has_sse3'],
  ['ssse3', 'has_ssse3'],
  ['cx16', 'has_cmpxchg16b'],
  ['sse4_1', 'has_sse41'],
  ['sse4_2', 'has_sse42'],
  ['popcnt', 'has_popcnt'],
  ['avx', 'has_avx'],
  ['avx2', 'has_avx2'],
  ['fma', 'has_fma'],
  ['bmi1', 'has_bmi1'],
  ['bmi2', 'has_bmi2'],
  ['abm', 'has_lzcnt'],
  ['avx512_bitalg', 'has_avx512bitalg'],
  ['avx512dq', 'has_avx512dq'],
  ['avx512f', 'has_avx512f'],
  ['avx512vl', 'has_avx512vl'],
  ['avx512vbmi', 'has_avx512vbmi'],
];

/** x86-64-v3, which every server CPU of the last ten years has: the whole table except AVX-512. */
const baseline = names.map(([, cranelift]) => cranelift).filter((flag) => !flag.startsWith('has_avx512'));

/** Detects this machine's CPU features on x86-64 Linux. Returns the baseline elsewhere. */
export async function compileTarget({
  platform,
  arch,
}: Pick<NodeJS.Process, 'platform' | 'arch'> = process): Promise<CompileTarget> {
  const isLinux = platform === 'linux' && arch === 'x64';
  const info = isLinux ? await readFile('/proc/cpuinfo', 'utf8').catch(() => '') : '';
  const line = /^flags\s*:\s*(.*)$/m.exec(info)?.[1];
  if (line === undefined) return { flags: baseline, from: 'x86-64-v3' };
  const features = new Set(line.split(/\s+/));
  return {
    flags: names.filter(([kernel]) => features.has(kernel)).map(([, cranelift]) => cranelift),
    from: 'this-machine',
  };
}
