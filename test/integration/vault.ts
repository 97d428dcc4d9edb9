/** Workflows that are given secrets, or make them, and do with them whatever code may do, and the search for them in what leaves a host. */
import type { Json } from '../../src/model/json.ts'

/** One for each place, so that whoever finds one knows from where. */
export const secrets = {
  iban: 'CH93-canary-iban-0076',
  pin: 'canary-pin-4711"\\<é>',
  extra: 'canary-extra-99871',
  context: 'canary-context-key-5',
  token: 'canary-token-0x77',
  card: 'canary-card-4242-4242',
  issued: 'canary-issued-0815',
  account: 'canary-account-FR7630006',
  fetched: 'canary-fetched-99887766',
  misfit: 'canary-misfit-3141',
  refused: 'canary-refused-2718',
} as const

export const vaultInput: Json = {
  customer: 'Ana Open',
  account: { iban: secrets.iban, pins: [secrets.pin, '12'] },
  extra: { one: secrets.extra },
}

export const vault = `
import { workflow, z } from 'cairn'

const Secret = z.string().meta({ sensitive: true })
const Input = z.object({
  customer: z.string(),
  account: z.object({ iban: Secret, pins: z.array(Secret) }),
  extra: z.record(z.string(), Secret),
})
const Way = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), holder: z.string(), number: Secret }),
  z.object({ kind: z.literal('cash'), holder: z.string() }),
])
const Draft = z.object({ body: z.string(), token: Secret, way: Way })

export default workflow('vault', { version: 1, input: Input, context: z.object({ key: Secret }) })
  .step('draft', { output: Draft, retry: { attempts: 2, initial: '1ms' } }, ({ input, context, attempt, log, progress, heartbeat }) => {
    const { iban, pins } = input.account
    log.info('paying from ' + iban, { pins, extra: input.extra, ['of ' + iban]: context.key })
    console.log({ iban }, JSON.stringify(pins), encodeURIComponent(pins[0] ?? ''))
    process.stderr.write(Buffer.from(iban).toString('hex') + '\\n')
    progress(0.5, 'with ' + context.key)
    heartbeat({ iban })
    if (attempt === 1) throw new Error('no ' + iban, { cause: new Error(Buffer.from(pins[0] ?? '').toString('base64')) })
    return { body: 'Dear Ana', token: ['canary', 'token-0x77'].join('-'), way: { kind: 'card' as const, holder: 'Ana', number: ['canary', 'card-4242-4242'].join('-') } }
  })
  .approval('approve', {
    savepoint: 'before-approve',
    needs: ['draft'],
    shows: ({ input, outputs }) => ({ to: input.account, token: outputs.draft.token, words: 'pay with ' + outputs.draft.token }),
    edits: 'draft.way',
    actions: { primary: 'approve' },
  })
  .email('send', { needs: ['approve'] }, ({ input, outputs }) => ({
    to: 'ana@example.com',
    subject: 'From ' + input.account.iban,
    text: 'Zürich, with ' + outputs.draft.token + ' and ' + input.account.pins[0],
    html: '<p>' + outputs.draft.token + '</p>',
    headers: { 'x-number': input.account.iban },
  }))
  .step('book', { needs: ['send'], retry: { attempts: 1 } }, ({ outputs }) => {
    throw new TypeError('cannot book ' + JSON.stringify(outputs.draft.way))
  })
`

/** It is given where to ask, and one secret. No other stands in it, since whoever may see a definition sees its code. */
export const mint = `
import { workflow, z } from 'cairn'

const Secret = z.string().meta({ sensitive: true })
const made = (...parts: string[]) => ['canary', ...parts].join('-')

export default workflow('mint', { version: 1, input: z.object({ url: z.string(), pin: Secret }) })
  .step('issue', { output: z.object({ token: Secret, of: z.string() }) }, ({ log, progress, heartbeat }) => {
    const token = made('issued', '0815')
    log.info('got ' + token, { token })
    console.log('Bearer ' + Buffer.from(token).toString('base64'))
    progress(0.5, 'with ' + token)
    heartbeat({ token })
    return { token, of: 'Ana' }
  })
  .step('accounts', { needs: ['issue'], output: z.record(Secret, z.number()) }, ({ log }) => {
    const accounts = { [made('account', 'FR7630006')]: 69 }
    log.info('balances', accounts)
    return accounts
  })
  .step('named', { needs: ['accounts'] }, ({ input, outputs, log }) => {
    log.info('of ' + Object.keys(outputs.accounts).join())
    return { [input.pin]: 1 }
  })
  .http('fetch', { needs: ['named'], method: 'POST', answer: z.object({ token: Secret }) }, ({ input, outputs }) => ({
    url: input.url + '/fits?of=' + outputs.issue.token,
    headers: { 'x-of': outputs.issue.token },
    json: { pin: input.pin, of: Object.keys(outputs.accounts) },
  }))
  .http('misfit', { needs: ['fetch'], optional: true, method: 'GET', answer: z.object({ token: Secret, more: z.number() }) }, ({ input }) => ({ url: input.url + '/misfits' }))
  .step('refused', {
    needs: ['misfit'],
    retry: { attempts: 1 },
    output: z.object({ token: Secret.refine(() => false, { error: ({ input }) => 'token ' + String(input) + ' is bad' }) }),
  }, ({ log }) => {
    const token = made('refused', '2718')
    log.warn('made ' + token)
    return { token }
  })
`

export const vaultContext: Json = { key: secrets.context }

/** Secrets that stand in a text: as they are, as JSON, HTML or addresses have them, in base64 at whichever offset, or in hex. */
export function found(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (forms(secret).some((form) => text.includes(form)) ? [name] : []))
}

function forms(secret: string): string[] {
  const core = secret.slice(0, 12)
  const bytes = Buffer.from(core)
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replaceAll('=', '')
    return text.slice(offset === 0 ? 0 : offset + 1, -2)
  })
  return [core, ...base64, bytes.toString('hex')]
}
