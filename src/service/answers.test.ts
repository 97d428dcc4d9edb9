import { ORPCError } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { errors } from '../contract/errors.ts'
import { Conflict, NotFound, Refused, Unavailable } from '../model/control-errors.ts'
import { CorruptionFound, GivenUp, StorageFailed, ValueRefused } from '../model/storage-errors.ts'
import { isAnswer, toAnswer } from './answers.ts'

const failure = { class: 'validation', name: 'Refused', message: 'is too short', path: 'input.name' } as const

describe('what is thrown becomes an answer of the contract', () => {
  test.each([
    [new NotFound('run', '01X', 'list them'), 'NOT_FOUND', { noun: 'run', key: '01X' }],
    [new Conflict('moved on', { status: 'paused', version: 7 }), 'CONFLICT', { status: 'paused', version: 7 }],
    [new Refused('does not do', [failure]), 'REFUSED', { failures: [failure] }],
    [new ValueRefused('NaN is no JSON', 'a.b'), 'REFUSED', { failures: [{ name: 'ValueRefused', path: 'a.b' }] }],
    [new Unavailable('closing'), 'UNAVAILABLE', { fault: null }],
    [new Unavailable('the store could not keep it', 'held'), 'UNAVAILABLE', { fault: 'held' }],
    [new StorageFailed('the disk is full', { fault: 'full' }), 'UNAVAILABLE', { fault: 'full' }],
    [new StorageFailed('the store is closed'), 'UNAVAILABLE', { fault: null }],
    [new GivenUp('the store is being closed'), 'UNAVAILABLE', { fault: null }],
    [new CorruptionFound('value', 'abc', 'a bit flipped', 3), 'CORRUPTION', { object: 'value', key: 'abc', nearest: 3 }],
    [new CorruptionFound('run', '01X', 'a bit flipped'), 'CORRUPTION', { object: 'run', key: '01X' }],
  ] as const)('%s', (error, code, data) => {
    const answer = toAnswer(error)
    if (!(answer instanceof ORPCError)) throw new Error('no answer')
    expect(answer).toMatchObject({ code, message: error.message, status: errors[code].status })
    const declared = errors[code]
    const answered: unknown = answer.data
    if ('data' in declared) expect(declared.data.safeParse(answered).success).toBe(true)
    if (data !== undefined) expect(answered).toMatchObject(data)
  })

  test('anything else stays what it is, and is no answer', () => {
    const fault = new TypeError('x is not a function')
    expect(toAnswer(fault)).toBe(fault)
    expect(isAnswer(fault)).toBe(false)
  })
})
