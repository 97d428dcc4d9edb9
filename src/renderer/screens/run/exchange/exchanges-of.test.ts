import { expect, test } from 'vitest'
import { runId } from '../../../../../test/conformance/samples.ts'
import type { HttpShown } from '../../../../model/http.ts'
import { CorrelationId, StepId } from '../../../../model/ids.ts'
import type { Log } from '../../../widgets/logs/merge-logs.ts'
import { exchangesOf } from './exchanges-of.ts'

const body = { text: null, bytes: 0 }
const asked = (url: string): HttpShown => ({ http: 'request', method: 'GET', url, headers: {}, body })
const answered = (status: number): HttpShown => ({ http: 'answer', status, reason: '', headers: {}, body, took: 4 })

const own = { type: 'log', run: runId(1), branch: 0, step: StepId.parse('ask'), iteration: 1, attempt: 1, correlation: CorrelationId.parse('one'), level: 'info' } as const
const line = (at: number, shown: HttpShown): Log => ({ ...own, at, message: `a line at ${at}`, data: shown, exchange: shown.http })

test('each request has the answer that came to it, and the last may have none yet', () => {
  expect(exchangesOf([line(1, asked('http://a/')), line(2, answered(302)), line(3, asked('http://b/'))])).toMatchObject([
    { request: { at: 1, shown: { url: 'http://a/' } }, answer: { at: 2, shown: { status: 302 } } },
    { request: { at: 3, shown: { url: 'http://b/' } }, answer: undefined },
  ])
})

test('a side of which nothing but its line is there is told by that', () => {
  const left: Log = { ...line(1, asked('http://a/')), data: { left_out: '70000 characters' } }
  expect(exchangesOf([left])).toMatchObject([{ request: { line: 'a line at 1', shown: undefined } }])
})

test('what a step logs by itself is no exchange, whatever it looks like', () => {
  const { exchange: _, ...said } = line(1, asked('http://a/'))
  expect(exchangesOf([said])).toEqual([])
})
