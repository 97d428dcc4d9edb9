import { nameInWords, type Holder, isLimit, type ResourceStanding, type Waiter } from '../../model/resource.ts'
import { priorityInWords } from '../../model/priority.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import type { Paint } from '../paint.ts'
import { print } from '../print.ts'
import { moment } from '../times.ts'

/** What there is only so much of: how much is held and by whom, and who waits for it in which order. */
export function resources(context: Context): Promise<number> {
  return looking(context, async ({ client: { api }, embedded }) => {
    const found = await api.resources.list()
    if (embedded && !context.json) context.terminal.err('no host runs here, so nothing holds anything')
    return print(context, found, () => found.resources.flatMap((each) => told(context.paint, each)))
  })
}

function told(paint: Paint, resource: ResourceStanding): string[] {
  const { name, capacity, isDeclared, held, holders, waiting, waiters } = resource
  const title = isLimit(name) ? nameInWords(name).replace('its turn among ', '') : name
  const facts = [`${held} of ${capacity} held`, ...(waiting === 0 ? [] : [`${waiting} waiting`]), ...(isDeclared ? [] : ['not declared in cairn.config.yaml'])]
  const left = waiting - waiters.length
  return [
    `${paint('strong', title)}  ${facts.join(', ')}`,
    ...(isLimit(name) ? [] : holders.map((holder) => `  ${paint('running', '●')} ${who(holder)}${holder.for === 'steps' ? ', over several steps' : ''}, since ${moment(holder.since)}`)),
    ...waiters.map((waiter) => `  ${paint('attention', '◷')} ${place(waiter)} ${who(waiter)}, since ${moment(waiter.since)}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ]
}

function who({ run, workflow, step, iteration, amount }: Pick<Holder, keyof Holder & keyof Waiter>): string {
  const pass = step === null ? 'to begin' : `${step}${iteration === null || iteration === 1 ? '' : ` #${iteration}`}`
  return `${run}  ${workflow}  ${pass}${amount === 1 ? '' : ` (${amount})`}`
}

function place({ place: number, priority }: Waiter): string {
  return priority === 0 ? `${number}.` : `${number}. (${priorityInWords(priority)})`
}
