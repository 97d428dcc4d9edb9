/** Every procedure, stream and error code of the bridge, as one value. Hosts and clients are made from it. */
import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
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
import { policy } from './policy.ts'
import { resources } from './resources.ts'
import { retention } from './retention.ts'
import { runs } from './runs.ts'
import { storage } from './storage.ts'
import { throttles } from './throttles.ts'
import { workflows } from './workflows.ts'

export const contract = { runs, decisions, deadLetters, errorRecords, workflows, metrics, attention, integrity, journal, news, mail, host, backups, breakers, policy, resources, retention, storage, throttles }

export type Contract = typeof contract
export type Inputs = InferContractRouterInputs<Contract>
export type Outputs = InferContractRouterOutputs<Contract>

/** What a client of the contract can call. */
export type Api = ContractRouterClient<Contract>
