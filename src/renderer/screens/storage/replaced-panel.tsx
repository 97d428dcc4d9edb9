import type { ReplacedStore } from '../../../contract/storage.ts'
import { bytes } from '../../../model/bytes.ts'
import { Panel } from '../../widgets/panel/panel.tsx'
import { Time } from '../../widgets/time/times.tsx'
import './storage-part.css'
import './replaced-panel.css'

/** The stores that backups took the place of, and who removes them. */
export function ReplacedPanel({ replaced }: { readonly replaced: readonly ReplacedStore[] }) {
  return (
    <Panel title="Replaced stores">
      <div className="storage-part replaced-panel">
        <ul tabIndex={0} aria-label="Replaced stores, newest first">
          {replaced.map(({ file, bytes: size, at }) => (
            <li key={file}>
              <code className="clipped" title={file}>
                {nameOf(file)}
              </code>
              <span>{bytes(size)}</span>
              <span className="quiet">
                replaced <Time at={at} />
              </span>
            </li>
          ))}
        </ul>
        <p className="quiet">
          A backup took the place of each of these; nothing reads or removes them. <code>npx cairn restore-backup FILE</code> brings one back.
          Once nothing of one is needed any more, delete its file in the workspace&apos;s folder <code>.cairn</code>.
        </p>
      </div>
    </Panel>
  )
}

function nameOf(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}
