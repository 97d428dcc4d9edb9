/** Figures of a workspace in which nothing has happened but that a workflow was stored. */
import type { Figures } from '../../src/engine/queries.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { IntegrityWatch } from '../../src/service/parts.ts'

const nothing = { count: 0, p50: null, p95: null }

export function paperFigures({ hash, manifest, loadedAt }: Revision): Figures {
  return {
    metrics: async ({ from, to }) => ({
      from,
      to,
      bucket: to - from,
      outcomes: [{ at: from, started: 0, completed: 0, failed: 0, cancelled: 0 }],
      commits: [{ at: from, count: 0, p50: null, p99: null }],
      commitTotal: { count: 0, p50: null, p99: null },
      steps: [],
      errors: [],
      recovery: { errors: 0, byItself: 0 },
    }),
    health: async () => [],
    revisions: async (workflow) =>
      workflow === manifest.name
        ? [{ hash, version: manifest.version, file: manifest.file, storedAt: loadedAt, runs: 0 }]
        : [],
    failures: async () => ({ groups: [], damaged: [] }),
    errorGroups: async () => ({ groups: [], next: null, total: { groups: 0, errors: 0 }, ever: false, damaged: [] }),
    errorsOfGroup: async () => ({ group: null, errors: [], next: null, damaged: [] }),
    errorFigures: async ({ since, until }) => ({ from: since, to: until, bucket: 60_000, buckets: [], classes: [], detection: nothing, recovery: nothing }),
    storage: async () => ({ position: 0, workflows: [], values: [], heaviest: [], files: { store: 0, code: 0, free: 0, wal: 0, index: 0 } }),
  }
}

export const paperIntegrity: IntegrityWatch = {
  latest: () => null,
  findings: () => [],
  alarms: () => [],
  verify: () => Promise.resolve({ findings: [], checked: { lineages: 0, values: 0, revisions: 0, runs: 0, checkpoints: 0, entries: 0, signals: 0 } }),
}
