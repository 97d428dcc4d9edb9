import { NotFound } from '../model/control-errors.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'
import { soughtIn } from './startable.ts'

const day = 86_400_000

export function workflows({ workflows: procedure }: Procedures, parts: ServiceParts) {
  const { catalog, clock, control, figures, queries } = parts

  return {
    list: procedure.list.handler(async () => {
      // That there is none is only said once it is known.
      await catalog.sought(null)
      return { workflows: [...catalog.list()], unread: catalog.unread() }
    }),

    get: procedure.get.handler(async ({ input }) => {
      await soughtIn(catalog, input.workflow)
      const revision = catalog.find(input.workflow)
      if (revision === undefined)
        throw new NotFound('workflow', input.workflow, 'workflows.list names those of this workspace')
      return { revision: revision.hash, manifest: revision.manifest }
    }),

    check: procedure.check.handler(async ({ input: { workflow, input, context } }) => {
      await soughtIn(catalog, workflow)
      return { failures: [...(await control.check({ workflow, input, context: context ?? {} }))] }
    }),

    revisions: procedure.revisions.handler(async ({ input: { workflow } }) => {
      const current = catalog.find(workflow)
      const stored = await figures.revisions(workflow)
      if (stored.length === 0) throw new NotFound('workflow', workflow, 'workflows.list names those of this workspace')
      return { revisions: stored.map((revision) => ({ ...revision, current: revision.hash === current?.hash })) }
    }),

    revision: procedure.revision.handler(async ({ input }) => {
      const revision = await queries.revision(input.revision)
      if (revision === undefined)
        throw new NotFound('revision', input.revision, 'workflows.revisions lists those of a workflow')
      const { hash, loadedAt, manifest, bundle } = revision
      return { hash, storedAt: loadedAt, manifest, ...sourceOf(bundle) }
    }),

    health: procedure.health.handler(async ({ input: { from = Math.max(0, clock.now() - day) } }) => ({
      workflows: [...(await figures.health(from))],
    })),
  }
}

/** Characters of a bundle that are shown. */
const mostSource = 2_000_000
const sourceMap = /\n\/\/# sourceMappingURL=data:[^\n]*\s*$/

/** The text that a person compares: the map of it says nothing to anybody. */
function sourceOf(bundle: string): { readonly source: string; readonly cut: boolean } {
  const text = bundle.replace(sourceMap, '\n')
  return { source: text.slice(0, mostSource), cut: text.length > mostSource }
}
