import { Screen } from '../../widgets/screen/screen.tsx'

export function WorkflowsScreen() {
  return <Screen title="Workflows">{null}</Screen>
}
