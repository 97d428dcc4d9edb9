import { workflow, z } from 'cairn'

const Input = z.object({ name: z.string(), address: z.email(), team: z.string() })

export default workflow('onboarding', { version: 1, title: 'Onboarding', description: 'Welcomes a new colleague, once a person has read the letter.', input: Input })
  .step('account', { title: 'Create the account', retry: { attempts: 3 } }, ({ input }) => ({ login: input.name.toLowerCase() }))
  .step('letter', { title: 'Write the letter', needs: ['account'] }, ({ input }) => ({ subject: `Welcome, ${input.name}`, text: '' }))
  .approval('approve', {
    title: 'A person reads it',
    needs: ['letter'],
    shows: ({ outputs }) => outputs.letter,
    edits: 'letter.text',
    actions: { primary: 'approve', secondary: ['reject'] },
    deadline: '72h',
  })
  .email('welcome', { title: 'Send it', needs: ['approve'] }, ({ input, outputs }) => ({ to: input.address, ...outputs.letter }))
