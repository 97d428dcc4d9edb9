import { Screen } from '../../widgets/screen/screen.tsx'

export function WorkflowScreen() {
  return <Screen title="Workflow">{null}</Screen>
}
