/** What the bench uses of its peers, so that its types hold where they are not installed. */
declare module 'openworkflow/sqlite' {
  export class BackendSqlite {
    static connect(file: string): BackendSqlite
    completeWorkflowRun(params: { readonly workflowRunId: string }): Promise<unknown>
    stop(): Promise<void>
  }
}

declare module 'openworkflow' {
  import type { BackendSqlite } from 'openworkflow/sqlite'

  interface Steps {
    readonly step: { run<T>(options: { readonly name: string }, work: () => T): Promise<T> }
  }

  export class OpenWorkflow {
    constructor(options: { readonly backend: BackendSqlite })
    defineWorkflow(spec: { readonly name: string }, work: (given: Steps) => Promise<void>): {
      run(input: object): Promise<{ readonly workflowRun: { readonly id: string } }>
    }
    newWorker(options: { readonly concurrency: number }): { tick(): Promise<number> }
  }
}

declare module '@langchain/langgraph' {
  import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'

  interface Compiled {
    invoke(input: unknown, config: object): Promise<unknown>
    updateState(config: object, values: object, asNode: string): Promise<unknown>
  }

  export const START: '__start__'
  export const END: '__end__'

  export const Annotation: {
    <T>(reduced?: { readonly reducer: (state: T, added: T) => T; readonly default: () => T }): unknown
    Root(channels: Readonly<Record<string, unknown>>): object
  }

  export const DeltaChannel: new <State, Update>(
    reducer: (state: State, writes: Update[]) => State,
    options: { readonly snapshotFrequency: number; readonly initialValueFactory: () => State },
  ) => object

  export class StateGraph {
    constructor(state: object)
    addNode(name: string, work: () => object): this
    addEdge(from: string, to: string): this
    addConditionalEdges(from: string, where: () => string): this
    compile(options: { readonly checkpointer: SqliteSaver }): Compiled
  }

  export function task<Args extends unknown[], T>(name: string, work: (...args: Args) => Promise<T>): (...args: Args) => Promise<T>
  export function entrypoint(
    options: { readonly name: string; readonly checkpointer: SqliteSaver },
    work: (input: unknown) => Promise<unknown>,
  ): Compiled
}

declare module '@langchain/langgraph-checkpoint-sqlite' {
  import type Database from 'better-sqlite3'

  export class SqliteSaver {
    static fromConnString(file: string): SqliteSaver
    readonly db: Database.Database
    list(config: object): AsyncIterable<{ readonly checkpoint: { readonly id: string } }>
    getTuple(config: object): Promise<unknown>
  }
}

declare module '@dbos-inc/dbos-sdk' {
  interface Config {
    readonly name: string
    readonly applicationVersion: string
    readonly systemDatabaseUrl: string
    /** False where the tables were made before. */
    readonly runMigrations: boolean
    readonly logLevel: string
  }

  export const DBOS: {
    setConfig(config: Config): void
    launch(): Promise<void>
    shutdown(): Promise<void>
    registerWorkflow(work: () => Promise<void>, config: { readonly name: string }): () => Promise<void>
    runStep<T>(work: () => Promise<T>, config: { readonly name: string }): Promise<T>
    /** Answers what begins it; that resolves once it has begun. */
    startWorkflow(run: () => Promise<void>, params: { readonly workflowID: string }): () => Promise<unknown>
    retrieveWorkflow(workflowID: string): { getResult(): Promise<unknown> }
  }
}

declare module '@restatedev/restate-sdk' {
  import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

  interface Context {
    run<T>(name: string, work: () => T): Promise<T>
  }

  export interface Service {
    readonly name: string
  }

  export function service(definition: {
    readonly name: string
    readonly handlers: { readonly run: (context: Context) => Promise<void> }
  }): Service

  export function createEndpointHandler(options: {
    readonly services: readonly Service[]
    readonly logger: () => void
  }): (request: Http2ServerRequest, response: Http2ServerResponse) => void
}

declare module '@restatedev/restate-sdk-clients' {
  import type { Service } from '@restatedev/restate-sdk'

  export function connect(options: { readonly url: string }): { serviceClient(service: Service): { run(): Promise<unknown> } }
}
