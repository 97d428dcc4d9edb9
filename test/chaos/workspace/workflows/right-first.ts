import { workflow } from 'cairn'
import { Input } from './parts/injector.ts'
import { meet } from './parts/meet.ts'

export default workflow('right-first', { version: 1, input: Input })
  .step('right', { holds: { right: 1 } }, ({ input, signal }) => meet(input, 'right', 'left', signal))
  .step('left', { needs: ['right'], holds: { left: 1, right: 1 } }, () => null)
