import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test('one is not many', () => expect([counted(1, 'edit'), counted(1_200, 'pass', 'passes')]).toEqual(['1 edit', '1,200 passes']))
