/** All rules. A new rule is a file of its own and an entry here. */
import type { RuleInfo, RuleSubject } from '../../model/rule-info.ts';
import { benchmarkingBuild } from './blob/benchmarking-build.ts';
import { debugSections } from './blob/debug-sections.ts';
import { developmentBuild } from './blob/development-build.ts';
import { eccHostFunctions } from './blob/ecc-host-functions.ts';
import { hostFunctionTypes } from './blob/host-function-types.ts';
import { memoryOverLimit } from './blob/memory-over-limit.ts';
import { newerHostFunctions } from './blob/newer-host-functions.ts';
import { noCoreVersion } from './blob/no-core-version.ts';
import { noHeapBase } from './blob/no-heap-base.ts';
import { noMemory } from './blob/no-memory.ts';
import { noRuntimeVersion } from './blob/no-runtime-version.ts';
import { noValidateBlock } from './blob/no-validate-block.ts';
import { notCompressed } from './blob/not-compressed.ts';
import { staleCompression } from './blob/stale-compression.ts';
import { startFunction } from './blob/start-function.ts';
import { tryRuntimeBuild } from './blob/try-runtime-build.ts';
import { twoRuntimes } from './blob/two-runtimes.ts';
import { unknownImports } from './blob/unknown-imports.ts';
import { unwrappedInput } from './blob/unwrapped-input.ts';
import { weaklyCompressed } from './blob/weakly-compressed.ts';
import { growthRules } from './comparison/growth.ts';
import { identicalCode } from './comparison/identical-code.ts';
import { palletIndexMoved } from './comparison/pallet-index-moved.ts';
import { runtimeApiGone } from './comparison/runtime-api-gone.ts';
import { specNameDiffers } from './comparison/spec-name-differs.ts';
import { specVersionNotRaised } from './comparison/spec-version-not-raised.ts';
import { storageRetyped } from './comparison/storage-retyped.ts';
import { transactionVersionLowered } from './comparison/transaction-version-lowered.ts';
import { transactionVersionNotRaised } from './comparison/transaction-version-not-raised.ts';
import { limitLevelRules } from './limits/limit-levels.ts';
import { nearEstimate } from './limits/near-estimate.ts';
import { noCosts } from './limits/no-costs.ts';
import { pendingLimits } from './limits/pending-limits.ts';
import { teamBudgetRules } from './limits/team-budget.ts';
import { upgradeBlockLength } from './limits/upgrade-block-length.ts';
import { upgradeProofSize } from './limits/upgrade-proof-size.ts';
import { ancientMetadata } from './metadata/ancient-metadata.ts';
import { metadataHashesDiffer } from './metadata/metadata-hashes-differ.ts';
import { missingRuntimeApis } from './metadata/missing-runtime-apis.ts';
import { noMetadataHash } from './metadata/no-metadata-hash.ts';
import { noMetadataHashExtension } from './metadata/no-metadata-hash-extension.ts';
import { noModernMetadata } from './metadata/no-modern-metadata.ts';
import { unreadableMetadata } from './metadata/unreadable-metadata.ts';
import { wrongMetadataHash } from './metadata/wrong-metadata-hash.ts';
import { notSpawned } from './outcome/not-spawned.ts';
import { staleInput } from './outcome/stale-input.ts';
import { unreachable } from './outcome/unreachable.ts';
import { unsupportedWorker } from './outcome/unsupported-worker.ts';
import { decompressionRules } from './prepare-errors/decompression.ts';
import { jobRules } from './prepare-errors/job.ts';
import { localFailureRules } from './prepare-errors/local-failure.ts';
import { postMvpRules } from './prepare-errors/post-mvp.ts';
import { preparationRules } from './prepare-errors/preparation.ts';
import { prevalidationRules } from './prepare-errors/prevalidation.ts';
import { resourceRules } from './prepare-errors/resources.ts';
import { runtimeConstructionRules } from './prepare-errors/runtime-construction.ts';
import type { Rule } from './rule.ts';

/** The order is that of the findings in a report. */
export const rules = {
  /** The first rule that applies explains the outcome, so specific rules come before general ones. */
  outcome: [
    ...postMvpRules,
    ...prevalidationRules,
    ...preparationRules,
    ...runtimeConstructionRules,
    ...decompressionRules,
    ...resourceRules,
    ...jobRules,
    ...localFailureRules,
    notSpawned,
    unsupportedWorker,
    unreachable,
    staleInput,
  ],
  limits: [
    ...limitLevelRules,
    pendingLimits,
    ...teamBudgetRules,
    upgradeProofSize,
    upgradeBlockLength,
    nearEstimate,
    noCosts,
  ],
  blob: [
    developmentBuild,
    staleCompression,
    notCompressed,
    weaklyCompressed,
    noValidateBlock,
    noCoreVersion,
    noRuntimeVersion,
    twoRuntimes,
    unknownImports,
    hostFunctionTypes,
    newerHostFunctions,
    benchmarkingBuild,
    tryRuntimeBuild,
    eccHostFunctions,
    noHeapBase,
    noMemory,
    memoryOverLimit,
    startFunction,
    debugSections,
    unwrappedInput,
  ],
  metadata: [
    unreadableMetadata,
    ancientMetadata,
    noModernMetadata,
    missingRuntimeApis,
    noMetadataHashExtension,
    noMetadataHash,
    wrongMetadataHash,
    metadataHashesDiffer,
  ],
  comparison: [
    identicalCode,
    specNameDiffers,
    specVersionNotRaised,
    transactionVersionLowered,
    transactionVersionNotRaised,
    palletIndexMoved,
    storageRetyped,
    runtimeApiGone,
    ...growthRules,
  ],
} satisfies { readonly [Subject in RuleSubject]: readonly Rule<Subject>[] };

/** For everything that shows or explains findings. */
export const ruleInfos: readonly RuleInfo[] = Object.values(rules).flat();
