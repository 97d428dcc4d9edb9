import type { JsonSchema } from '../../../model/json.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { JsonTree } from '../../widgets/json/json-tree.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { SchemaTree } from './schema-tree.tsx'

/** What goes into a run, what it knows of where it runs, and what each step answers. */
export function SchemaTab({ manifest: { input, context, steps } }: { readonly manifest: Manifest }) {
  return (
    <div className="schema-tab">
      <SchemaPanel title="Input" schema={input} />
      <SchemaPanel title="Context" schema={context} />
      {steps.map(({ id, title, output }) => output !== null && <SchemaPanel key={id} title={`Output of ${title ?? id}`} schema={output} />)}
    </div>
  )
}

function SchemaPanel({ title, schema }: { readonly title: string; readonly schema: JsonSchema }) {
  return (
    <Panel title={title}>
      <SchemaTree schema={schema} />
      <details>
        <summary>JSON Schema</summary>
        <JsonTree value={schema} label={`JSON Schema: ${title}`} />
      </details>
    </Panel>
  )
}
