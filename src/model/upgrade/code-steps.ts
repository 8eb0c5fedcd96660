/** Is it the right code, and would the chain's own checks let it through? */
import { formatBytesExactly } from '../../base/units.ts';
import type { Report } from '../report.ts';
import type { UpgradeStep } from '../upgrade-checklist.ts';
import { stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('code');

const ASK_CHAIN = 'Give --rpc, or --baseline with the code that the chain runs.';

export function codeSteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  return [
    checkStep(facts.report),
    fileStep(facts.report),
    codeHashStep(facts),
    specNameStep(facts),
    specVersionStep(facts),
    transactionVersionStep(facts),
  ];
}

function checkStep({ conclusion, outcome }: Report): UpgradeStep {
  const { status, reason } = conclusion;
  if (status === 'fail') return step('check', 'blocked', 'The check fails.', reason);
  if (status === 'undecided') return step('check', 'unknown', 'The check has no result.', reason);
  return outcome === undefined
    ? step('check', 'todo', 'The code was inspected, not prepared: how validators would vote is not known.')
    : step('check', 'done', 'The check passes.', reason);
}

function fileStep({ runtime, findings }: Report): UpgradeStep {
  const { compression, buildVariant, container, unwrapped } = runtime;
  const outdated = findings.find(({ id }) => id === 'stale-compression');
  if (compression?.kind === 'none') {
    return step(
      'file',
      'blocked',
      `This is the ${buildVariant ?? 'uncompressed'} file. Use the compressed one (.compact.compressed.wasm): its code hash is another.`,
    );
  }
  if (outdated !== undefined) return step('file', 'blocked', outdated.message);
  if (compression === undefined) return step('file', 'unknown', 'How the code is compressed is not known.');
  if (unwrapped !== undefined || container === 'hex' || container === 'chain-spec') {
    return step('file', 'todo', 'The file contains the code in another format. Submit the code itself, not this file.');
  }
  return step('file', 'done', 'The file is the compressed one.');
}

function codeHashStep({ report, present }: UpgradeFacts): UpgradeStep {
  const { codeHash, storedBytes } = report.runtime;
  if (present?.codeHash === codeHash) {
    return step('code-hash', 'blocked', 'The chain runs this code already. Its relay chain drops such an upgrade.');
  }
  return step(
    'code-hash',
    'done',
    `The code hash (blake2b-256) of the ${formatBytesExactly(storedBytes)} is ${codeHash}. Everybody who votes can compare it.`,
  );
}

function specNameStep({ report, present }: UpgradeFacts): UpgradeStep {
  const { specName } = report.runtime;
  if (specName === undefined) return step('spec-name', 'blocked', noVersion);
  if (present?.specName === undefined) {
    return step('spec-name', 'unknown', `spec_name is ${specName}, and the chain must have the same.`, ASK_CHAIN);
  }
  return present.specName === specName
    ? step('spec-name', 'done', `spec_name is ${specName}, as on the chain.`)
    : step('spec-name', 'blocked', `spec_name is ${specName}, and the chain's is ${present.specName}: InvalidSpecName.`);
}

const noVersion = 'The code has no runtime version: the chain answers FailedToExtractRuntimeVersion.';

function specVersionStep({ report, present }: UpgradeFacts): UpgradeStep {
  const { specVersion } = report.runtime;
  if (specVersion === undefined) return step('spec-version', 'blocked', noVersion);
  const was = present?.specVersion;
  if (was === undefined) {
    return step('spec-version', 'unknown', `spec_version is ${specVersion}, and the chain's must be lower.`, ASK_CHAIN);
  }
  return specVersion > was
    ? step('spec-version', 'done', `spec_version rises from ${was} to ${specVersion}.`)
    : step(
        'spec-version',
        'blocked',
        `spec_version is ${specVersion}, and the chain's is ${was}: SpecVersionNeedsToIncrease.`,
      );
}

function transactionVersionStep({ report, present }: UpgradeFacts): UpgradeStep {
  const now = report.runtime.transactionVersion;
  const was = present?.transactionVersion;
  const fault = report.findings.find(({ id }) => id.startsWith('transaction-version-'));
  if (fault !== undefined) return step('transaction-version', 'todo', fault.message, fault.hint ?? '');
  if (now === undefined) return step('transaction-version', 'unknown', 'The code does not state a transaction_version.');
  if (was === undefined) {
    return step(
      'transaction-version',
      'unknown',
      `transaction_version is ${now}. It must rise when the encoding of a transaction changes.`,
      ASK_CHAIN,
    );
  }
  const changes = report.metadata?.changes;
  if (now < was) {
    return step('transaction-version', 'todo', `transaction_version goes down from ${was} to ${now}. Raise it.`);
  }
  if (now > was) return step('transaction-version', 'done', `transaction_version rises from ${was} to ${now}.`);
  return changes === undefined
    ? step('transaction-version', 'unknown', `transaction_version stays ${now}. Whether it may is not known without metadata.`)
    : step('transaction-version', 'done', `transaction_version stays ${now}: the encoding of transactions is the same.`);
}
