import { useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { TabPanels } from '../../widgets/tabs/tab-panels.tsx'
import { RunGraph } from './graph/run-graph.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { RunTimeline } from './timeline/run-timeline.tsx'
import { PartContext } from './state/scrubbing.ts'
import { useNarrow } from './use-narrow.ts'
import './run-panes.css'

/** Graph above timeline, the inspector beside them; one above the other where the window is narrow. */
export function RunPanes() {
  return useNarrow() ? <Stacked /> : <SideBySide />
}

function SideBySide() {
  const across = useDefaultLayout({ id: 'cairn.run.across', storage: localStorage })
  const down = useDefaultLayout({ id: 'cairn.run.down', storage: localStorage })
  return (
    <Group className="run-panes" disableCursor {...across}>
      <Panel id="course" defaultSize="59%" minSize="320px">
        <Group orientation="vertical" disableCursor {...down}>
          <Panel id="graph" defaultSize="60%" minSize="120px">
            <Graph />
          </Panel>
          <Separator className="divider down" aria-label="Height of the timeline" />
          <Panel id="timeline" minSize="110px">
            <RunTimeline />
          </Panel>
        </Group>
      </Panel>
      <Separator className="divider" aria-label="Width of the inspector" />
      <Panel id="inspector" minSize="280px">
        <PartContext value="inspector">
          <Inspector />
        </PartContext>
      </Panel>
    </Group>
  )
}

function Stacked() {
  const down = useDefaultLayout({ id: 'cairn.run.stacked', storage: localStorage })
  const [shown, setShown] = useState<'graph' | 'timeline'>('graph')
  return (
    <Group className="run-panes" orientation="vertical" disableCursor {...down}>
      <Panel id="course" defaultSize="45%" minSize="160px">
        <TabPanels
          label="Course of the run"
          panels={[
            { name: 'graph', title: 'Graph', content: <Graph /> },
            { name: 'timeline', title: 'Timeline', content: <RunTimeline /> },
          ]}
          chosen={shown}
          onChoose={setShown}
        />
      </Panel>
      <Separator className="divider down" aria-label="Height of the inspector" />
      <Panel id="inspector" minSize="160px">
        <PartContext value="inspector">
          <Inspector />
        </PartContext>
      </Panel>
    </Group>
  )
}

function Graph() {
  return (
    <PartContext value="graph">
      <RunGraph />
    </PartContext>
  )
}
