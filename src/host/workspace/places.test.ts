import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { settingsFolder } from './places.ts'

const usual = join(homedir(), '.config', 'cairn')
const on = (env: NodeJS.ProcessEnv): string => settingsFolder({ env, platform: 'linux' })

describe('what a user has trusted is never looked for in the folder where Cairn is started', () => {
  test.each(['', 'config', './config'])('with XDG_CONFIG_HOME=%j', (folder) => {
    expect(on({ XDG_CONFIG_HOME: folder })).toBe(usual)
  })

  test('with nothing at all in CAIRN_SETTINGS', () => {
    expect(on({ CAIRN_SETTINGS: '' })).toBe(usual)
  })
})

test('it is where the user says', () => {
  expect(on({})).toBe(usual)
  expect(on({ XDG_CONFIG_HOME: '/conf' })).toBe(join('/conf', 'cairn'))
  expect(on({ XDG_CONFIG_HOME: '/conf', CAIRN_SETTINGS: '/mine' })).toBe('/mine')
})
