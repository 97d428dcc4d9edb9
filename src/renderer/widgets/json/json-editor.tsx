import { useId, useRef } from 'react'
import { Button } from '../button/button.tsx'
import { UnseenNotice } from '../text/unseen-notice.tsx'
import type { SyntaxProblem } from './parse-json.ts'
import './json-editor.css'

interface JsonEditorProps {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly problem: SyntaxProblem | undefined
  readonly onWrite: (text: string) => void
}

/** JSON as text, its lines numbered; where it cannot be read is told and a press away. */
export function JsonEditor({ id, label, text, problem, onWrite }: JsonEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const about = useId()
  const jump = (offset: number): void => {
    area.current?.focus()
    area.current?.setSelectionRange(offset, offset + 1)
  }
  return (
    <div className="json-editor">
      <div className="text" data-wrong={problem !== undefined}>
        <pre className="numbers" aria-hidden>
          {text
            .split('\n')
            .map((_, line) => line + 1)
            .join('\n')}
        </pre>
        <textarea
          ref={area}
          id={id}
          className="mono"
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={about}
          value={text}
          rows={Math.max(8, text.split('\n').length)}
          wrap="off"
          spellCheck={false}
          onChange={(event) => onWrite(event.target.value)}
        />
      </div>
      <UnseenNotice text={text} onJump={jump} />
      <div id={about} className="about" aria-live="polite">
        {problem !== undefined && (
          <>
            Line {problem.line}, column {problem.column}: {problem.message}
            <Button tone="quiet" onPress={() => jump(problem.offset)}>
              Go there
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
