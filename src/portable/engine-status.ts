/** How a job can end before its steps return. A test holds these equal to engine/src/status.rs. */
export const engineStatus = {
  /** Nothing ended the job early. */
  RUNNING: -1,
  /** `PrepareError::JobError` with the text of the panic. */
  PANICKED: 3,
  /** The CPU time limit passed: `PrepareError::TimedOut`. */
  CANCELLED: 4,
  /** The memory limit passed: `PrepareError::OutOfMemory`. */
  OUT_OF_MEMORY: 8,
  /** The machine has no more memory. This says nothing about the code. */
  EXHAUSTED: 100,
} as const;
