/**
 * The pictures of the README's tour, which is gone for that, over a workspace made from the example whose host runs:
 * `node test/e2e/busy-day/tour-pictures.ts URL-WITH-TOKEN WORKSPACE [FOLDER]`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectWeb } from '../../../src/client/web.ts'
import { WorkflowName } from '../../../src/model/ids.ts'
import { Json } from '../../../src/model/json.ts'
import { asked, ended } from '../../integration/moments.ts'
import { launchChromium } from '../chromium.ts'
import { AttentionPage } from '../pages/attention-page.ts'
import { GraphPart } from '../pages/graph-part.ts'
import { RunPage } from '../pages/run-page.ts'

const [address, workspace, folder = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))] = process.argv.slice(2)
if (address === undefined || workspace === undefined) throw new Error('give the address that the host printed, and its workspace')
const { origin, hash } = new URL(address)
const client = connectWeb(origin, hash.replace('#token=', ''))
const input = Json.parse(JSON.parse(readFileSync(join(workspace, 'inputs', 'first-contact.json'), 'utf8')))

const browser = await launchChromium()
const context = await browser.newContext({ viewport: { width: 1_280, height: 760 }, colorScheme: 'light', timezoneId: 'UTC' })
const page = await context.newPage()
const screen = new RunPage(page)

const to = async (path: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(`${origin}${path}${hash}`)
  await page.locator('main').waitFor()
}
const take = async (name: string, rest = 2_500): Promise<void> => {
  // Whatever breathes or slides in has come to rest.
  await page.waitForTimeout(rest)
  await page.screenshot({ path: join(folder, `tour-${name}.png`) })
  process.stdout.write(`${name}\n`)
}

const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('outreach'), input })
await to(`/runs/${run}`)
await screen.row('Coherence').click()
await new GraphPart(page).step(/^Coherence .*completed/).waitFor({ state: 'attached' })
await take('watch', 0)

const { decision } = await asked(client, run)
await to(`/attention?decision=${run}.${decision.id}`)
const attention = new AttentionPage(page)
const letter = attention.editor('finalise.body')
await letter.fill(`${(await letter.inputValue()).trimEnd()}\nPS: the pilot is free.`)
await letter.focus()
await take('decide')
await attention.answer('Approve with 1 edit').click()
await attention.question('Approve with 1 edit').getByRole('button', { name: 'Approve with 1 edit' }).click()
await ended(client, run)

const { checkpoints } = await client.api.runs.checkpoints({ run })
const [first = 8, second = 15] = checkpoints.filter(({ step }) => step === 'finalise').map(({ number }) => number)
await to(`/runs/${run}?tab=changes&checkpoint=${second}&against=${first}`)
await take('compare')
await to(`/runs/${run}?tab=restore&checkpoint=${second}`)
await take('restore')
await client.api.runs.restore({ run, checkpoint: second, reason: 'Run again from A person decides' })
await asked(client, run)
await to(`/runs/${run}?tab=restore`)
await take('branches')
await to(`/runs/${run}?tab=replay&checkpoint=0`)
await screen.panel.getByText('input', { exact: true }).first().click()
await screen.panel.getByRole('textbox', { name: /^Name/ }).first().fill('Ben Okoro')
await take('replay')
client.close()
await browser.close()
