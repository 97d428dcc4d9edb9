import { PolicyView } from '../model/policy/policy-view.ts'
import { procedure } from './procedure.ts'

const tags = ['policy']

export const policy = {
  get: procedure
    .route({ method: 'GET', path: '/policy', tags, summary: 'The settings in force, where each comes from, and what is wrong with their file' })
    .output(PolicyView),
}
