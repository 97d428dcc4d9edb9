import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import type { Json } from '../../../model/json.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import type { Problem } from '../../widgets/schema-form/check.ts'
import { filled } from '../../widgets/schema-form/filled.ts'
import { membersOf, resolved } from '../../widgets/schema-form/schema.ts'
import { SchemaForm } from '../../widgets/schema-form/schema-form.tsx'
import { loosened } from './loosened.ts'

/** A workflow without a context of its own takes any, and there is nothing to ask for. */
export function takesContext({ context }: Manifest): boolean {
  return Object.keys(membersOf(resolved(context, context))).length > 0
}

interface ContextPartProps {
  readonly manifest: Manifest
  readonly context: Json | undefined
  readonly problems: readonly Problem[]
  readonly saysAll: boolean
  readonly onChange: (context: Json | undefined) => void
}

/** What a caller knows of the context. The workflow completes it where it can. */
export function ContextPart({ manifest, context, problems, saysAll, onChange }: ContextPartProps) {
  const { enriches } = manifest
  const schema = useMemo(() => (enriches ? loosened(manifest.context) : manifest.context), [enriches, manifest.context])
  const isGiven = context !== undefined
  return (
    <Panel
      title="Context"
      aside={
        isGiven ? (
          <Button icon={X} tone="quiet" onPress={() => onChange(undefined)}>
            Leave out
          </Button>
        ) : (
          <Button icon={Plus} tone="quiet" onPress={() => onChange(filled(schema, {}, schema))}>
            Give a context
          </Button>
        )
      }
    >
      <p className="quiet">
        {enriches
          ? 'Optional: the workflow completes what is left out.'
          : 'What the workflow knows of where it runs. It takes the context as it is given.'}
      </p>
      {isGiven && (
        <SchemaForm schema={schema} value={context} problems={problems} saysAll={saysAll} label="Context" prefix="context" onChange={onChange} />
      )}
    </Panel>
  )
}
