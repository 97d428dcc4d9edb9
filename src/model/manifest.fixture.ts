/** Manifests for tests: plain steps that a test changes where it matters. */
import { StepId, WorkflowName } from './ids.ts'
import type { Manifest, StepManifest, StepManifestOf } from './manifest.ts'

type Plain = Omit<StepManifestOf<'code'>, 'kind'>

function plain(id: string, needs: readonly string[]): Plain {
  return {
    id: StepId.parse(id),
    needs: needs.map((need) => StepId.parse(need)),
    join: 'all',
    conditional: false,
    optional: false,
    critical: false,
    onlyAsFallback: false,
    fallback: null,
    timeout: null,
    heartbeat: null,
    retry: null,
    onFailure: 'fail',
    loop: null,
    effect: null,
    dependency: null,
    isolated: false,
    uses: {},
    holds: {},
    compensates: false,
    checks: false,
    output: null,
    sensitive: false,
  }
}

export function codeStep(id: string, needs: readonly string[] = [], more: Partial<Plain> = {}): StepManifestOf<'code'> {
  return { ...plain(id, needs), kind: 'code', ...more }
}

export function emailStep(id: string, needs: readonly string[] = [], more: Partial<Plain> = {}): StepManifestOf<'email'> {
  return { ...plain(id, needs), kind: 'email', effect: { repeat: 'unsafe' }, ...more }
}

export function shellStep(id: string, needs: readonly string[] = [], more: Partial<Plain> = {}): StepManifestOf<'shell'> {
  return { ...plain(id, needs), kind: 'shell', exits: {}, effect: { repeat: 'unsafe' }, ...more }
}

/** A POST that is not safe to repeat. */
export function httpStep(id: string, needs: readonly string[] = [], more: Partial<Omit<StepManifestOf<'http'>, 'kind'>> = {}): StepManifestOf<'http'> {
  const request = { method: 'POST', maxBytes: 1_000, idempotencyHeader: 'Idempotency-Key', statuses: {} } as const
  return { ...plain(id, needs), kind: 'http', effect: { repeat: 'unsafe' }, ...request, ...more }
}

export function waitStep(id: string, needs: readonly string[] = [], duration: number | null = null): StepManifestOf<'wait'> {
  return { ...plain(id, needs), kind: 'wait', duration }
}

/** Begins a run of that workflow and waits for it. */
export function workflowStep(id: string, workflow: string, needs: readonly string[] = [], more: Partial<Plain> = {}): StepManifestOf<'workflow'> {
  return { ...plain(id, needs), kind: 'workflow', workflow: WorkflowName.parse(workflow), compensates: true, ...more }
}

type Approval = StepManifestOf<'approval'>

/** Its actions are approve, revise and reject. */
export function approvalStep(id: string, needs: readonly string[] = [], more: Partial<Omit<Approval, 'kind'>> = {}): Approval {
  const actions: Approval['actions'] = [
    { name: 'approve', role: 'primary' },
    { name: 'revise', role: 'secondary' },
    { name: 'reject', role: 'secondary' },
  ]
  return { ...plain(id, needs), kind: 'approval', actions, deadline: null, onDeadline: 'fail', edits: null, ...more }
}

export function manifestOf(name: string, steps: readonly StepManifest[], more: Partial<Manifest> = {}): Manifest {
  return {
    format: 1,
    name: WorkflowName.parse(name),
    version: 1,
    file: `workflows/${name}.ts`,
    timeout: null,
    input: {},
    inputSensitive: false,
    context: {},
    enriches: false,
    steps: [...steps],
    migrations: [],
    externals: [],
    ...more,
  }
}
