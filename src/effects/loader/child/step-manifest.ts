import type { z } from 'zod'
import { type Duration, parseDuration } from '../../../model/duration.ts'
import { defaultRetry, type RetryPolicy, type StepManifest } from '../../../model/manifest.ts'
import { settingsOf, usualTimeout } from '../../http/settings.ts'
import type { StepShape } from './definition-shape.ts'
import { editPath } from './loose-definition.ts'
import type { ReadSchema } from './schemas.ts'

type Draft = z.input<typeof StepManifest>

/** A step as data, with what its author left out. */
export function stepManifest(step: StepShape, output: ReadSchema | undefined): Draft {
  const common = { ...commonOf(step), output: output?.json ?? null, sensitive: output?.sensitive ?? false }
  switch (step.kind) {
    case 'code':
      return { ...common, kind: 'code', ...actingOf(step.options), effect: step.options.effect ?? null, heartbeat: millis(step.options.heartbeat) }
    case 'shell': {
      const { exits = {}, effect = { repeat: 'unsafe' }, ...options } = step.options
      return { ...common, kind: 'shell', ...actingOf(options), exits, effect: effect === 'none' ? null : effect }
    }
    case 'email':
      return { ...common, kind: 'email', ...actingOf(step.options), effect: step.options.effect ?? { repeat: 'unsafe' } }
    case 'http': {
      const { redirects: _, ...settings } = settingsOf(step.options)
      return { ...common, kind: 'http', ...actingOf(step.options), ...settings, timeout: common.timeout ?? usualTimeout }
    }
    case 'approval': {
      const { actions, deadline, onDeadline = 'fail', edits, next } = step.options
      return {
        ...common,
        ...still,
        kind: 'approval',
        loop: loopOf(next),
        actions: [
          { name: actions.primary, role: 'primary' },
          ...(actions.secondary ?? []).map((name) => ({ name, role: 'secondary' as const })),
        ],
        deadline: millis(deadline),
        onDeadline,
        edits: edits === undefined ? null : editPath(edits),
      }
    }
    case 'workflow':
      // It does nothing outside by itself: the steps of its child say what they do, and undo it.
      return { ...common, ...still, kind: 'workflow', holds: step.options.holds ?? {}, compensates: true, workflow: step.workflow }
    case 'wait': {
      const length = step.options.for
      return { ...common, ...still, kind: 'wait', duration: typeof length === 'string' ? millis(length) : null }
    }
  }
}

function commonOf({ id, options }: StepShape) {
  return {
    id,
    title: options.title,
    needs: [...new Set(options.needs)],
    join: options.join ?? 'all',
    conditional: options.when !== undefined,
    optional: options.optional ?? false,
    critical: options.critical ?? false,
    onlyAsFallback: options.onlyAsFallback ?? false,
    fallback: options.fallback ?? null,
    timeout: millis(options.timeout),
    retry: options.retry === undefined ? null : retryOf(options.retry),
    savepoint: options.savepoint,
    ...failureOf(options.onFailure),
  }
}

function failureOf(onFailure: StepShape['options']['onFailure'] = 'fail') {
  if (typeof onFailure === 'string') return { onFailure }
  const { rollbackTo: to, max = 1, otherwise = 'fail' } = onFailure
  return { onFailure: otherwise, rollback: { to, max } }
}

type Acting = Extract<StepShape, { kind: 'code' | 'email' | 'http' }>['options']

type Whatever = Pick<Acting, 'next' | 'isolated' | 'uses' | 'holds' | 'compensate' | 'check'> & { readonly dependency?: string | null | undefined }

function actingOf({ next, isolated = false, uses = {}, holds = {}, dependency = null, compensate, check }: Whatever) {
  return { loop: loopOf(next), isolated, uses, holds, dependency, ...compensationOf(compensate), checks: check !== undefined }
}

function compensationOf(compensate: Acting['compensate']) {
  if (typeof compensate !== 'object') return { compensates: compensate !== undefined }
  const { retry, timeout } = compensate
  return { compensates: true, compensation: { retry: retry === undefined ? null : retryOf(retry), timeout: millis(timeout) } }
}

/** Of kinds that do nothing outside. */
const still = { loop: null, effect: null, isolated: false, compensates: false }

function loopOf(next: Acting['next']) {
  return next === undefined ? null : { to: next.to, max: next.max, onLimit: next.onLimit ?? 'fail' }
}

/** What is left out is as always, but that a longer first wait is not cut short by the usual longest. */
function retryOf(retry: NonNullable<StepShape['options']['retry']>): RetryPolicy {
  const initial = millis(retry.initial) ?? defaultRetry.initial
  const max = millis(retry.max) ?? Math.max(defaultRetry.max, initial)
  const patience = millis(retry.patience)
  const { attempts = defaultRetry.attempts, factor = defaultRetry.factor, jitter = defaultRetry.jitter } = retry
  return { attempts, initial, factor, max, jitter, ...(patience !== null && { patience }) }
}

export function millis(duration: Duration | undefined): number | null {
  return duration === undefined ? null : (parseDuration(duration) ?? null)
}
