import type { JsonSchema } from '../../../model/json.ts'
import { type SchemaNode, schemaNodes } from './schema-nodes.ts'

/** A schema as a person reads it: names, types, what is required, what it is for. */
export function SchemaTree({ schema }: { readonly schema: JsonSchema }) {
  return <Nodes nodes={schemaNodes(schema)} />
}

function Nodes({ nodes }: { readonly nodes: readonly SchemaNode[] }) {
  return (
    <ul className="schema-tree">
      {nodes.map(({ name, type, required, description, parts }) => (
        <li key={name}>
          <code>{name}</code> <span className="type">{type}</span> {required && <span className="required">required</span>}
          {description !== undefined && <span className="quiet"> {description}</span>}
          {parts.length > 0 && <Nodes nodes={parts} />}
        </li>
      ))}
    </ul>
  )
}
