import { groupDigits } from '../../base/units.ts';

/** Relay chains aim at this. Skipped slots make it longer. */
const BLOCK_SECONDS = 6;

/** `14 400 relay blocks (about 24 h)`, `1 relay block (about 6 s)` */
export function relayBlocksText(blocks: number): string {
  return `${groupDigits(blocks)} relay block${blocks === 1 ? '' : 's'} (${aboutBlocks(blocks)})`;
}

/** `about 24 h`: how long so many relay blocks take. */
export function aboutBlocks(blocks: number): string {
  const seconds = blocks * BLOCK_SECONDS;
  if (seconds < 120) return `about ${seconds} s`;
  const minutes = seconds / 60;
  if (minutes < 120) return `about ${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 72 ? `about ${trimmed(hours)} h` : `about ${trimmed(hours / 24)} days`;
}

/** With one digit at most behind the point. */
function trimmed(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}
