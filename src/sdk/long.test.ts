/**
 * A long workflow. There is little to assert: if the types of a step walked through those of the steps before it more
 * than once, tsc would not come to an end here.
 */
import { expectTypeOf, test } from 'vitest'
import { workflow, z } from './index.ts'

const output = z.object({ value: z.number() })
const when = (): boolean => true

test('forty steps', () => {
  workflow('long', { version: 1, input: z.object({}) })
    .step('s0', () => ({ value: 0 }))
    .step('s1', { needs: ['s0'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s2', { needs: ['s1'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s3', { needs: ['s2'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s4', { needs: ['s3'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s5', { needs: ['s4'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s6', { needs: ['s5', 's1'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s7', { needs: ['s6', 's2'], optional: true }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s8', { needs: ['s7', 's3'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s9', { needs: ['s8', 's4'], when }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s10', { needs: ['s9', 's5'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s11', { needs: ['s10', 's6'], join: 'settled' }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s12', { needs: ['s11', 's7'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s13', { needs: ['s12', 's8'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s14', { needs: ['s13', 's9'], optional: true, output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s15', { needs: ['s14', 's10'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s16', { needs: ['s15', 's11'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s17', { needs: ['s16', 's12'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s18', { needs: ['s17', 's13'], when, output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s19', { needs: ['s18', 's14'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s20', { needs: ['s19', 's15'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s21', { needs: ['s20', 's16'], optional: true }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s22', { needs: ['s21', 's17'], join: 'settled', output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s23', { needs: ['s22', 's18'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s24', { needs: ['s23', 's19'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s25', { needs: ['s24', 's20'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s26', { needs: ['s25', 's21'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s27', { needs: ['s26', 's22'], when }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s28', { needs: ['s27', 's23'], optional: true, output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s29', { needs: ['s28', 's24'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s30', { needs: ['s29', 's25'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s31', { needs: ['s30', 's26'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s32', { needs: ['s31', 's27'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s33', { needs: ['s32', 's28'], join: 'settled' }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s34', { needs: ['s33', 's29'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s35', { needs: ['s34', 's30'], optional: true }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s36', { needs: ['s35', 's31'], when, output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s37', { needs: ['s36', 's32'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s38', { needs: ['s37', 's33'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s39', { needs: ['s38', 's34'] }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('s40', { needs: ['s39', 's35'], output }, ({ outputs }) => ({ value: outputs.s0.value }))
    .step('end', { needs: ['s40'] }, ({ outputs }) => {
      expectTypeOf(outputs.s39).toEqualTypeOf<{ value: number }>()
      expectTypeOf(outputs.s28).toEqualTypeOf<{ value: number } | undefined>()
    })
})
