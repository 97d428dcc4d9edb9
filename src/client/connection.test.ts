import { describe, expect, test } from 'vitest'
import { LiveConnection } from './connection.ts'

const never = new AbortController().signal
/** In milliseconds: no test waits for it to pass. */
const long = 1_000_000

function lost() {
  const connection = new LiveConnection()
  connection.moved('lost')
  return connection
}

describe('a connection', () => {
  test('tells of each change, and of nothing else', () => {
    const connection = new LiveConnection()
    const heard: string[] = []
    const leave = connection.onChange(() => heard.push(connection.state))
    connection.moved('connecting')
    connection.moved('open')
    connection.moved('open')
    connection.moved('lost')
    leave()
    connection.moved('connecting')
    expect(heard).toEqual(['open', 'lost'])
  })

  test('that is lost says when it is tried next, by whoever waits the shortest', async () => {
    const connection = lost()
    expect(connection.nextTry).toBeNull()
    const heard: (number | null)[] = []
    connection.onChange(() => heard.push(connection.nextTry))
    const leave = new AbortController()
    const early = Date.now()
    const waits = [connection.pause(2 * long, never), connection.pause(long, leave.signal)]
    expect(connection.nextTry).toBeGreaterThanOrEqual(early + long)
    expect(connection.nextTry).toBeLessThan(early + 2 * long)
    leave.abort()
    await waits[1]
    expect(connection.nextTry).toBeGreaterThanOrEqual(early + 2 * long)
    connection.hurry()
    await waits[0]
    expect(connection.nextTry).toBeNull()
    expect(heard).toHaveLength(4)
    expect(heard.at(-1)).toBeNull()
  })

  test('that opens ends every wait; one that nobody waits for is hurried in vain', async () => {
    const connection = lost()
    connection.hurry()
    const waits = [connection.pause(long, never), connection.pause(long, never)]
    connection.moved('connecting')
    expect(connection.nextTry).toBeNull()
    connection.moved('open')
    await Promise.all(waits)
  })

  test('is not waited for by who has left, nor longer than was said', async () => {
    const connection = lost()
    await connection.pause(long, AbortSignal.abort())
    await connection.pause(0, never)
    expect(connection.nextTry).toBeNull()
  })
})
