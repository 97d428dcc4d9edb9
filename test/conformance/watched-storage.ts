import type { Storage } from '../../src/engine/ports.ts'

/** A storage of which some calls go by the test. */
export function watchedStorage(storage: Storage, calls: Partial<Storage>): Storage {
  return {
    seal: (...given) => storage.seal(...given),
    record: (entry) => storage.record(entry),
    load: (run) => storage.load(run),
    removed: (run) => storage.removed(run),
    trimmed: (run) => storage.trimmed(run),
    unfinished: () => storage.unfinished(),
    breakers: () => storage.breakers(),
    throttles: () => storage.throttles(),
    value: (...given) => storage.value(...given),
    saveRevision: (revision) => storage.saveRevision(revision),
    revision: (hash) => storage.revision(hash),
    manifest: (hash) => storage.manifest(hash),
    keep: (...given) => storage.keep(...given),
    lastHeartbeat: (...given) => storage.lastHeartbeat(...given),
    moment: (...given) => storage.moment(...given),
    checkReturned: (...given) => storage.checkReturned(...given),
    commit: (transition) => storage.commit(transition),
    ...calls,
  }
}
