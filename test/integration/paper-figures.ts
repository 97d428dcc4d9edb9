/** Figures of a workspace in which nothing has happened but that a workflow was stored. */
import type { Figures } from '../../src/engine/queries.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { IntegrityWatch } from '../../src/service/parts.ts'

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
    failures: async () => [],
    errors: async () => [],
    storage: async () => ({ position: 0, workflows: [], values: [], heaviest: [], files: { store: 0, code: 0, free: 0, wal: 0, index: 0 } }),
  }
}

export const paperIntegrity: IntegrityWatch = {
  latest: () => null,
  findings: () => [],
  alarms: () => [],
  verify: () => Promise.resolve({ findings: [], checked: { lineages: 0, values: 0, revisions: 0, runs: 0, checkpoints: 0, entries: 0, signals: 0 } }),
}
