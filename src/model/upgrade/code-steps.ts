/** Is it the right code, and would the chain's own checks let it through (`can_set_code` of frame-system)? */
import type { Report } from '../report.ts';
import type { UpgradeStep } from '../upgrade-checklist.ts';
import { type PresentCode, sentences, stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('code');

export function codeSteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  const { report, present = {} } = facts;
  return [
    checkStep(report),
    fileStep(report),
    codeHashStep(report, present),
    specNameStep(report, present),
    specVersionStep(report, present),
    transactionVersionStep(report, present),
  ];
}

function checkStep({ conclusion, outcome }: Report): UpgradeStep {
  const { status, reason } = conclusion;
  if (status === 'fail') return step('check', 'blocked', `The check fails. ${reason}`);
  if (status === 'undecided') return step('check', 'unknown', `The check is undecided. ${reason}`);
  return outcome === undefined
    ? step('check', 'todo', 'The code was inspected, not prepared: how validators would vote is not known.')
    : step('check', 'done', `The check passes. ${reason}`);
}

function fileStep({ runtime, findings }: Report): UpgradeStep {
  const { compression, buildVariant, container, unwrapped } = runtime;
  if (compression === undefined) return step('file', 'unknown', 'How the code is compressed is not known.');
  if (compression.kind === 'none') {
    const variant =
      buildVariant === undefined || buildVariant === 'compressed' ? 'an uncompressed' : `the ${buildVariant}`;
    return step(
      'file',
      'blocked',
      `This is ${variant} file. Use the compressed one (.compact.compressed.wasm), which has another code hash.`,
    );
  }
  const outdated = findings.find(({ id }) => id === 'stale-compression');
  if (outdated !== undefined) return step('file', 'blocked', sentences(outdated.message, outdated.hint));
  if (unwrapped !== undefined || container === 'hex' || container === 'chain-spec') {
    return step('file', 'todo', 'The file has the code in another format. Submit the code itself, not this file.');
  }
  return step('file', 'done', 'The file is the compressed one.');
}

function codeHashStep({ runtime }: Report, present: PresentCode): UpgradeStep {
  const { codeHash } = runtime;
  return present.codeHash === codeHash
    ? step('code-hash', 'blocked', 'The chain runs this code already. The relay chain drops such an upgrade.')
    : step(
        'code-hash',
        'done',
        `The code hash (blake2b-256) is ${codeHash}. Who votes can compare it with a build of their own (srtool).`,
      );
}

const noVersion = 'The code has no runtime version. The chain would answer FailedToExtractRuntimeVersion.';

function specNameStep({ runtime }: Report, present: PresentCode): UpgradeStep {
  const { specName: now } = runtime;
  if (now === undefined) return step('spec-name', 'blocked', noVersion);
  const was = present.specName;
  if (was === undefined) return step('spec-name', 'unknown', `spec_name is ${now}. The chain must have the same.`);
  return was === now
    ? step('spec-name', 'done', `spec_name is ${now}, as on the chain.`)
    : step('spec-name', 'blocked', `spec_name is ${now}, and the chain has ${was}. It would answer InvalidSpecName.`);
}

function specVersionStep({ runtime }: Report, present: PresentCode): UpgradeStep {
  const { specVersion: now } = runtime;
  if (now === undefined) return step('spec-version', 'blocked', noVersion);
  const was = present.specVersion;
  if (was === undefined) {
    return step(
      'spec-version',
      'unknown',
      `spec_version is ${now}. The chain must have a lower one.`,
      'Give --rpc, or --baseline with the code that the chain runs.',
    );
  }
  if (now > was) return step('spec-version', 'done', `spec_version rises from ${was} to ${now}.`);
  return step(
    'spec-version',
    'blocked',
    `spec_version is ${now}, and the chain has ${was}. It would answer SpecVersionNeedsToIncrease.`,
  );
}

/** The chain does not check it. Wallets trust it. */
function transactionVersionStep({ runtime, findings, metadata }: Report, present: PresentCode): UpgradeStep {
  const { transactionVersion: now } = runtime;
  const { transactionVersion: was } = present;
  const id = 'transaction-version';
  const fault = findings.find((finding) => finding.id.startsWith('transaction-version-'));
  if (fault !== undefined) return step(id, 'todo', sentences(fault.message, fault.hint));
  if (now === undefined) return step(id, 'unknown', 'The code states no transaction_version.');
  const rule = 'It must rise when the encoding of a transaction changes.';
  if (was === undefined) return step(id, 'unknown', `transaction_version is ${now}. ${rule}`);
  if (now !== was) {
    const verb = now > was ? 'rises' : 'goes down';
    return step(id, now > was ? 'done' : 'todo', `transaction_version ${verb} from ${was} to ${now}.`);
  }
  return metadata?.changes === undefined
    ? step(id, 'unknown', `transaction_version stays ${now}. ${rule}`)
    : step(id, 'done', `transaction_version stays ${now}, and so does the encoding of transactions.`);
}
