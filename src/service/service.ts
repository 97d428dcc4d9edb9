import { attention } from './attention.ts'
import { backups } from './backups.ts'
import { breakers } from './breakers.ts'
import { deadLetters } from './dead-letters.ts'
import { decisions } from './decisions.ts'
import { errorRecords } from './error-records.ts'
import { host } from './host.ts'
import { integrity } from './integrity.ts'
import { journal } from './journal.ts'
import { mail } from './mail.ts'
import { metrics } from './metrics.ts'
import { news } from './news.ts'
import type { ServiceParts } from './parts.ts'
import { policy } from './policy.ts'
import { procedures } from './procedures.ts'
import { resources } from './resources.ts'
import { retention } from './retention.ts'
import { runs } from './runs.ts'
import { storage } from './storage.ts'
import { throttles } from './throttles.ts'
import { workflows } from './workflows.ts'

/** The contract, implemented over run control and the readers. Transports serve it; it knows none of them. */
export function createService(parts: ServiceParts) {
  const given = procedures(parts)
  return given.router({
    runs: runs(given, parts),
    decisions: decisions(given, parts),
    deadLetters: deadLetters(given, parts),
    errorRecords: errorRecords(given, parts),
    workflows: workflows(given, parts),
    metrics: metrics(given, parts),
    attention: attention(given, parts),
    integrity: integrity(given, parts),
    journal: journal(given, parts),
    news: news(given, parts),
    mail: mail(given, parts),
    host: host(given, parts),
    backups: backups(given, parts),
    breakers: breakers(given, parts),
    throttles: throttles(given, parts),
    policy: policy(given, parts),
    resources: resources(given, parts),
    retention: retention(given, parts),
    storage: storage(given, parts),
  })
}

export type Service = ReturnType<typeof createService>
