import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useAttention } from '../../state/attention.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { keyOf } from '../attention/items.ts'
import { AttentionLine } from './attention-line.tsx'
import './attention-panel.css'

/** What needs somebody first, with the way to it. */
export function AttentionPanel() {
  const items = useAttention()
  return (
    <section className="attention-panel">
      <Panel title="Needs attention" aside={<Link to="/attention" className="link">View all{items !== undefined && items.length > 0 ? ` ${items.length}` : ''}</Link>} flush>
        {items === undefined && <Skeleton lines={4} height="58px" />}
        {items?.length === 0 && <Empty icon={CircleCheck} title="Nothing needs a person" />}
        {items !== undefined && items.length > 0 && (
          <ul className="attention-lines" tabIndex={0} aria-label="The most urgent first">
            {items.slice(0, 30).map((item) => (
              <AttentionLine key={keyOf(item)} item={item} />
            ))}
          </ul>
        )}
      </Panel>
    </section>
  )
}
