import { outputOf } from '../../ui/support/output.ts';

/** All text of the extension's log channel so far. */
export function logText(): string {
  return outputOf(process.env['PVF_RIG_LOGS'] ?? '', 'Polkadot PVF');
}
