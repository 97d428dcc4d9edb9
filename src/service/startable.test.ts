import { expect, test } from 'vitest'
import type { WorkflowEntry } from '../contract/workflows.ts'
import { WorkflowName } from '../model/ids.ts'
import { soughtIn } from './startable.ts'

const name = WorkflowName.parse('ship')
const refused = (was: WorkflowName | null): WorkflowEntry => ({
  state: 'refused',
  name: was,
  file: 'workflows/ship.ts',
  failures: [{ class: 'validation', name: 'bad_option', message: 'timeot is no option of a step' }],
})
const catalog = (...entries: WorkflowEntry[]) => ({ list: () => entries, find: () => undefined, unread: () => 0, sought: () => Promise.resolve() })

test('where nothing is called so, files that cannot be used are told of', async () => {
  await expect(soughtIn(catalog(refused(null)), name)).rejects.toThrow(
    'no workflow ship: the workspace has none that can be started; workflows/ship.ts cannot be used (timeot is no option of a step)',
  )
})

test('what was called so before, or nothing at all, is for who knows more', async () => {
  await expect(soughtIn(catalog(refused(name)), name)).resolves.toBeUndefined()
  await expect(soughtIn(catalog(), name)).resolves.toBeUndefined()
})
