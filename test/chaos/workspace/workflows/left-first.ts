import { workflow } from 'cairn'
import { Input } from './parts/injector.ts'
import { meet } from './parts/meet.ts'

export default workflow('left-first', { version: 1, input: Input })
  .step('left', { holds: { left: 1 } }, ({ input, signal }) => meet(input, 'left', 'right', signal))
  .step('right', { needs: ['left'], holds: { left: 1, right: 1 } }, () => null)
