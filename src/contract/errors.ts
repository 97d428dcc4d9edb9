import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { Millis } from '../model/ids.ts'
import { RemovedRun } from '../model/retention.ts'
import { RunStatus } from '../model/status.ts'
import { StorageFault } from '../model/storage-errors.ts'

/** Every error that a procedure answers on purpose; anything else is a fault of the host and says only that. */
export const errors = {
  /** The request itself does not parse; nothing was looked at. */
  BAD_REQUEST: {
    status: 400,
    message: 'the request does not fit the contract',
    data: z.object({
      issues: z.array(z.looseObject({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() })),
    }),
  },
  NOT_FOUND: {
    status: 404,
    message: 'nothing has that name',
    /** `removed` where it is a run that retention removed: what is left of it. */
    data: z.object({ noun: z.string(), key: z.string(), removed: RemovedRun.optional() }),
  },
  /** Somebody was faster. Nothing was changed; `status` and `version` are what the run is now. */
  CONFLICT: {
    status: 409,
    message: 'the run has moved on',
    data: z.object({ status: RunStatus, version: z.int() }),
  },
  /** What was given does not do. Nothing was changed; each failure names its path and the way out. */
  REFUSED: {
    status: 422,
    message: 'refused',
    data: z.object({ failures: z.array(Failure) }),
  },
  /** As many runs are queued as may be. Nothing was started; come back after `retryAfter` milliseconds. */
  BUSY: {
    status: 429,
    message: 'no further run can be queued',
    data: z.object({ queued: z.int(), most: z.int(), retryAfter: Millis }),
  },
  /** The host is stopping, or its store has failed; the same request may succeed later. */
  UNAVAILABLE: {
    status: 503,
    message: 'the host cannot do this now',
    /** What keeps the store from being written or read; null where it is not that. */
    data: z.object({ fault: StorageFault.nullable() }),
  },
  /** Bytes are not what was written; nothing that was read of them is answered. */
  CORRUPTION: {
    status: 500,
    message: 'the store holds bytes that are not what was written',
    data: z.object({
      object: z.string(),
      key: z.string(),
      /** The newest checkpoint before it that is whole, or null; left out where none was looked for. */
      nearest: z.int().nullable().optional(),
    }),
  },
} as const
