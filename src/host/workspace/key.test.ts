import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { usualConfig } from '../config/parse-config.ts'
import { keyFileFor } from './key.ts'
import { layoutOf } from './layout.ts'

const layout = layoutOf('/srv/outreach')
const { store } = usualConfig().config
const fileFor = (configured?: string): string | undefined => keyFileFor(layout, { ...store, ...(configured !== undefined && { key_file: configured }) })

test('a key file of the settings is named from the workspace, one that somebody types from where they stand', () => {
  expect(fileFor()).toBeUndefined()
  expect(fileFor('keys/one')).toBe(join(layout.root, 'keys', 'one'))
  expect(fileFor('~/one')).toBe(join(homedir(), 'one'))
  vi.stubEnv('CAIRN_KEY_FILE', 'keys/two')
  expect(fileFor('keys/one')).toBe(join(process.cwd(), 'keys', 'two'))
  vi.unstubAllEnvs()
})
