import type { Said, Setting } from '../../../model/policy/policy-view.ts'
import { Panel } from '../../widgets/panel/panel.tsx'
import { PlainTable } from '../../widgets/table/plain-table.tsx'
import { Coded } from '../../widgets/text/coded.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { reachWords, type Section, whose, written } from './words.ts'
import './section-panel.css'

/** A section of the file: each of its settings, and beneath it what is said of workflows and steps in particular. */
export function SectionPanel({ section: { name, meaning, settings } }: { readonly section: Section }) {
  return (
    <Panel title={name} flush>
      {meaning !== undefined && (
        <p className="section-panel-meaning quiet">
          <Coded text={meaning} />
        </p>
      )}
      <PlainTable label={`Settings of ${name}`} columns={['Setting', 'In force', 'From']} className="section-panel">
        {settings.map((setting) => (
          <tbody key={setting.key}>
            {setting.said.map((said) => (
              <Row key={`${said.workflow} ${said.step}`} setting={setting} said={said} />
            ))}
          </tbody>
        ))}
      </PlainTable>
    </Panel>
  )
}

function Row({ setting: { key, meaning, wants, reach, takes }, said }: { readonly setting: Setting; readonly said: Said }) {
  const particular = whose(said)
  const { value, line, next } = said
  return (
    <tr data-particular={particular !== undefined} data-usual={line === null}>
      <th scope="row">
        {particular === undefined ? (
          <>
            <code>{key}</code>
            <p>
              <Coded text={meaning} />
            </p>
            <p className="wants">May be {wants}.</p>
          </>
        ) : (
          <span>
            <span className="unseen">{key} of </span>
            <ShownText text={particular} />
          </span>
        )}
      </th>
      <td>
        <code className="value">
          <ShownText text={written(value)} />
        </code>
        {next !== undefined && (
          <p className="next">
            <code>
              <ShownText text={written(next)} />
            </code>{' '}
            from the next start on
          </p>
        )}
      </td>
      <td>
        {line === null ? 'Default' : `Line ${line}`}
        {particular === undefined && reach !== 'all' && <p>{reachWords[reach]}</p>}
        {particular === undefined && takes === 'start' && <p>Takes effect when the host starts</p>}
      </td>
    </tr>
  )
}
