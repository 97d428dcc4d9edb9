/** The page on `cairn.config.yaml`, made from the schemas: what a key wants, means and is stands there once. */
import type { Json } from '../../model/json.ts'
import type { Reach } from '../../model/policy/policy-view.ts'
import { scopes } from './config-schema.ts'
import type { Leaf, Outline, Path } from './outline.ts'
import { reachOf, sectionsOf } from './settings-of.ts'

const beginning = `# Configuration

<!-- Made by npm run reference from the schemas in src/model/policy and src/host/config: change those, and make it again. -->

A workspace says what it wants in \`cairn.config.yaml\`. Every key may be left out, and so may the file.

\`\`\`yaml
checkpoints: after
detection:
  loops:
    max_repeats: 5
retention:
  max_age: 90d
workflows:
  outreach-email:
    retention: { max_age: 1d }
    steps:
      draft:
        checkpoints: around
        detection: { loops: { window: 50 } }
\`\`\`

- **For all, for a workflow, for a step.** What stands at the top is said of all. Under \`workflows\` and a name stands what is said of that
  workflow, and under its \`steps\` what is said of a step of it. Key by key the particular stands over the general: what is written of the step, else of
  its workflow, else of all, else the default. How far down a key may be said is in the tables.
- **The file and the code.** Where a definition says the same in code, a key has a value \`defined\` that leaves it to the code, and is that by default. Whatever
  else is written here goes before the code, for as far as it reaches; \`defined\`, written of a workflow or a step, hands it back.
- **Spelling.** Lengths of time are written like \`250ms\`, \`30s\`, \`5m\`, \`24h\` or \`7d\`, sizes like \`1.5MB\` (kB, MB, GB, TB, of a thousand each).
- **What is wrong is refused.** An unknown key, a value that does not do, a key that stands twice: each is told with its line, what would do, and where a key
  belongs that stands in the wrong place; all of it at once. A host does not start on such a file (exit code 14). \`cairn config --check FILE\` tells without a host.
- **What is not here.** A workflow or a step that the workspace does not have is no fault, for it may come: it is told of at the start, by \`cairn config\` and in the console.
- **Reload.** A host that runs looks at the file again whenever it is saved. One that is right comes into force whole, with the next turn of every run, and is journaled
  as \`policy_changed\`, with what was and what is; values that are secret stand in neither. One that is wrong changes nothing: it is journaled as \`policy_refused\`,
  and stands in the host's log, in the console and in \`cairn config\` until it is mended.
- **What is in force** and where each value comes from: \`cairn config\`, \`GET /api/v1/policy\`, and *Policy* in the console.
`

/** The whole page. */
export function reference(): string {
  const sections = sectionsOf()
  const parts = [...scopes.all.keys].map(([name, outline]) => {
    const own = leaves(outline, [name])
    const about = Object.entries(sections).filter(([key]) => key === name || key.startsWith(`${name}.`))
    const meanings = about.map(([key, meaning]) => (key === name ? meaning : `\`${key}\`: ${meaning}`))
    return [`## ${name}`, '', ...meanings.flatMap((meaning) => [meaning, '']), ...table(own)].join('\n')
  })
  return [beginning, ...parts].join('\n')
}

const reaches: Readonly<Record<Reach, string>> = { all: 'for all alone', workflow: 'for all, of a workflow', step: 'for all, of a workflow, of a step' }
const takes = { now: 'at once', start: 'when the host starts' } as const

/** Every leaf, with `NAME` where there is a name. */
function leaves(outline: Outline, path: Path): [Path, Leaf][] {
  if (outline.kind === 'leaf') return [[path, outline]]
  const keys = outline.kind === 'group' ? [...outline.keys] : [['NAME', outline.of] as const]
  return keys.flatMap(([key, each]) => leaves(each, [...path, key]))
}

function table(settings: readonly [Path, Leaf][]): string[] {
  return [
    '| key | may be | default | meaning | said | takes effect |',
    '|---|---|---|---|---|---|',
    ...settings.map(([path, leaf]) => {
      const cells = [`\`${path.join('.')}\``, leaf.wants, usualWords(leaf.usual ?? null), leaf.meaning, reaches[reachOf(path)], takes[leaf.takes]]
      return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
    }),
    '',
  ]
}

function usualWords(usual: Json): string {
  if (usual === null) return 'none'
  return `\`${typeof usual === 'string' ? usual : JSON.stringify(usual)}\``
}
