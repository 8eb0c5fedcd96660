/** Why a job ended before its steps returned. A test keeps this equal to engine/src/status.rs. */
export const engineStatus = {
  /** The job did not end early. */
  RUNNING: -1,
  /** `PrepareError::JobError` with the text of the panic. */
  PANICKED: 3,
  /** CPU time limit exceeded: `PrepareError::TimedOut`. */
  CANCELLED: 4,
  /** Memory limit exceeded: `PrepareError::OutOfMemory`. */
  OUT_OF_MEMORY: 8,
  /** The machine is out of memory. This says nothing about the code. */
  EXHAUSTED: 100,
} as const;
