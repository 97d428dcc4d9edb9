/**
 * Who makes things go wrong, outside of Cairn: an HTTP receiver and a mail server on loopback that misbehave as the scenario of a case
 * says, the voice that handlers ask whether they are to go wrong, and the hand that kills and freezes processes. It counts
 * what it does, and keeps what handlers have told it that they did.
 */
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Behaviour, json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { type FaultAt, misbehavingServer } from '../../src/effects/smtp/misbehaving-server.fixture.ts'
import type { SmtpSettings } from '../../src/effects/smtp/settings.ts'
import { FailureClass } from '../../src/model/failure.ts'
import { Case } from './case.ts'
import type { Scenario } from './scenario.ts'

export interface Injector extends AsyncDisposable {
  /** Where handlers reach it, and where nobody listens. */
  readonly url: string
  readonly nobody: string
  readonly smtp: SmtpSettings
  readonly cases: ReadonlyMap<string, Case>
  /** A new case of the scenario; a clean one without. */
  begin(scenario: Scenario | null): Case
}

const well = json({ well: true })

export async function startInjector(): Promise<Injector> {
  const cases = new Map<string, Case>()

  const behave: Behaviour = (asked, answer, socket) => {
    const [, id = '', what = '', more = ''] = asked.path.split('/')
    const about = cases.get(id)
    if (about === undefined) return json({ what: 'of no case' }, 404)(asked, answer, socket)
    if (what !== 'ask') return hear(about, what, more, answer)
    const { answers } = about.scenario ?? {}
    return (answers !== undefined && about.goesWrong() ? answers : well)(asked, answer, socket)
  }
  const faultAt: FaultAt = (stage, recipient) => {
    const about = cases.get(recipient?.split('@')[0] ?? '')
    const { mail } = about?.scenario ?? {}
    return mail?.at === stage && about?.goesWrong() === true ? mail.fault : null
  }
  const [http, mail, away] = await Promise.all([receiver(behave), misbehavingServer(faultAt), receiver(well)])
  await away[Symbol.asyncDispose]()

  return {
    url: http.url,
    nobody: away.url,
    smtp: mail.settings,
    cases,
    begin(scenario) {
      const id = `case-${cases.size + 1}`
      const about = new Case(id, scenario, () => mail.received.filter(({ to }) => to.includes(`${id}@chaos.example`)).length)
      cases.set(id, about)
      return about
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([http[Symbol.asyncDispose](), mail[Symbol.asyncDispose]()])
    },
  }
}

/** What a handler says, and asks. */
function hear(about: Case, what: string, more: string, answer: ServerResponse): void {
  const { world, scenario } = about
  switch (what) {
    case 'goes-wrong':
      return void answer.end(about.goesWrong(FailureClass.safeParse(more).data) ? 'yes' : 'no')
    case 'now':
      about.isKnowableNow()
      break
    case 'has':
      return void answer.end(world.includes(`did/${more}`) ? 'yes' : 'no')
    case 'sits':
      void lay(about, scenario?.hand ?? 'await', Number(more))
      break
    default:
      world.push(`${what}/${more}`)
  }
  answer.end('heard')
}

/** Does to the process what the scenario wants, and tells from when on that can be known. */
async function lay(about: Case, hand: NonNullable<Scenario['hand']>, pid: number): Promise<void> {
  if (hand !== 'await') process.kill(pid, hand === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  else while (isThere(pid)) await delay(5)
  about.isKnowableNow()
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
