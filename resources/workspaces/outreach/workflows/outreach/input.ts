import { z } from 'cairn'

/** Text that fits a header or a heading: one line, nothing that could start another. */
const line = (max: number): z.ZodString =>
  z
    .string('must be given, as text')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have ${max} characters at most`)
    .regex(/^\P{Cc}*$/u, 'must stand on one line')

const Person = z.object(
  {
    name: line(100).meta({ title: 'Name', examples: ['Ana Lima'] }),
    email: z
      .email('must be an e-mail address like ana.lima@example.com')
      .max(254, 'must have 254 characters at most')
      .meta({ title: 'E-mail address', examples: ['ana.lima@example.com'] }),
  },
  'must be given, with name and email',
)

export const Task = z.enum(['introduction', 'follow-up', 'renewal', 'apology'])
export type Task = z.infer<typeof Task>

export const Audience = z.enum(['customer', 'prospect', 'partner', 'executive'])
export type Audience = z.infer<typeof Audience>

export const Tone = z.enum(['plain', 'warm', 'formal'])
export type Tone = z.infer<typeof Tone>

export const Input = z.object({
  task: Task.meta({ title: 'Task', description: 'What the message is for' }),
  audience: Audience.meta({ title: 'Audience', description: 'Who reads it' }),
  urgency: z.enum(['low', 'normal', 'high']).default('normal').meta({ title: 'Urgency' }),
  recipient: Person.meta({ title: 'Recipient', description: 'The person to whom the message goes' }),
  sender: Person.extend({ role: line(100).optional().meta({ title: 'Role', examples: ['Account manager'] }) }).meta({
    title: 'Sender',
    description: 'The person in whose name it goes',
  }),
  subject: line(60).meta({ title: 'Subject', description: 'What it is about, in a few words', examples: ['the pilot in March'] }),
  keyPoints: z
    .array(
      z
        .string()
        .trim()
        .min(5, 'must have 5 characters at least')
        .max(400, 'must have 400 characters at most')
        .regex(/^\P{Cc}*$/u, 'must stand on one line'),
    )
    .min(1, 'must name one point at least')
    .max(8, 'must name 8 points at most')
    .meta({ title: 'Key points', description: 'What has to be said, a sentence or two each' }),
  request: line(200).optional().meta({
    title: 'Request',
    description: 'What the recipient should do, as it follows on "please"',
    examples: ['tell me which day suits you'],
  }),
  tone: Tone.optional().meta({ title: 'Tone', description: 'Left out: what suits audience and task' }),
  length: z.enum(['short', 'standard', 'long']).default('standard').meta({ title: 'Length' }),
})
export type Input = z.infer<typeof Input>
