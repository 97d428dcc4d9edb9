/**
 * An e-mail from a task to the recipient: a director routes it, communications drafts it, four reviewers read it at
 * once, it is drafted again while they are not content, a person decides, and it is sent.
 */
import { workflow } from 'cairn'
import { ByHand, byHand } from './outreach/by-hand.ts'
import { Context, enrich, vocabularyOf } from './outreach/context.ts'
import { Draft } from './outreach/draft.ts'
import { writeDraft } from './outreach/drafting/write-draft.ts'
import { Final } from './outreach/final.ts'
import { finalise, needsAnotherDraft } from './outreach/finalise.ts'
import { historyOf } from './outreach/history.ts'
import { Input } from './outreach/input.ts'
import { toMessage } from './outreach/message.ts'
import { Review } from './outreach/review.ts'
import { reviewClarity } from './outreach/reviewers/clarity.ts'
import { reviewCoherence } from './outreach/reviewers/coherence.ts'
import { reviewGrammar } from './outreach/reviewers/grammar.ts'
import { reviewStyle } from './outreach/reviewers/style.ts'
import { Route, routeTask } from './outreach/route.ts'
import { shown } from './outreach/shown.ts'

export default workflow('outreach', {
  version: 1,
  title: 'Outreach e-mail',
  description: 'Drafts an e-mail from key points, has it reviewed until it is good, asks a person, and sends it.',
  input: Input,
  context: Context,
  enrich,
  timeout: '15m',
  externals: ['harper.js'],
})
  .step('route', { title: 'Director routes the task', output: Route }, ({ input, log }) => {
    const decided = routeTask(input)
    log.info(`${decided.template}, ${decided.tone}`, decided.reasons)
    return decided
  })
  .step(
    'draft',
    { title: 'Communications drafts', needs: ['route'], output: Draft, timeout: '30s', critical: true },
    ({ input, context, outputs, iterations, log }) => {
      const draft = writeDraft({ input, context, route: outputs.route }, historyOf(iterations))
      for (const change of draft.changes) log.info(change)
      return draft
    },
  )
  // Alone in its process: Harper takes some 400 MB, which is then given back.
  .step(
    'grammar',
    { title: 'Grammar', needs: ['draft'], output: Review, optional: true, isolated: true, timeout: '60s' },
    ({ input, context, outputs }) =>
      reviewGrammar(outputs.draft.body, { locale: context.locale, vocabulary: vocabularyOf(context, input) }),
  )
  .step(
    'style',
    { title: 'Style', needs: ['draft'], output: Review, optional: true, timeout: '30s' },
    ({ input, context, outputs }) =>
      reviewStyle(outputs.draft.body, { tone: outputs.draft.tone, vocabulary: vocabularyOf(context, input) }),
  )
  .step(
    'clarity',
    { title: 'Clarity', needs: ['draft'], output: Review, optional: true, timeout: '30s' },
    ({ outputs }) => reviewClarity(outputs.draft.body, outputs.route),
  )
  .step(
    'coherence',
    { title: 'Coherence', needs: ['draft'], output: Review, optional: true, timeout: '30s' },
    ({ input, outputs }) => reviewCoherence(outputs.draft.body, input),
  )
  .step(
    'finalise',
    {
      title: 'Finalise',
      needs: ['grammar', 'style', 'clarity', 'coherence'],
      output: Final,
      timeout: '30s',
      next: {
        to: ['draft'],
        max: 3,
        onLimit: 'continue',
        choose: ({ output, outputs }) => (needsAnotherDraft(output, outputs.draft) ? 'draft' : undefined),
      },
    },
    ({ outputs, log }) => {
      const { draft, route, grammar, style, clarity, coherence } = outputs
      const final = finalise(draft, route, { grammar, style, clarity, coherence })
      log.info(`quality ${final.quality ?? 'not known'}`, final.scores)
      return final
    },
  )
  .approval('approve', {
    title: 'A person decides',
    needs: ['finalise'],
    shows: ({ input, outputs }) => shown(input, outputs.draft, outputs.finalise),
    edits: 'finalise.body',
    actions: { primary: 'approve', secondary: ['revise', 'reject'] },
    deadline: '24h',
    next: { to: ['draft'], max: 20, choose: ({ action }) => (action === 'revise' ? 'draft' : undefined) },
  })
  .email('send', { title: 'Send', needs: ['approve'], fallback: 'sendLater' }, ({ input, outputs }) =>
    toMessage(input, outputs.finalise),
  )
  .step(
    'sendLater',
    { title: 'Leave it to a person to send', needs: ['approve'], output: ByHand, onlyAsFallback: true },
    ({ input, outputs }) => byHand(input, outputs.finalise),
  )
