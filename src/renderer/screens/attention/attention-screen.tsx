import { Screen } from '../../widgets/screen/screen.tsx'

export function AttentionScreen() {
  return <Screen title="Attention">{null}</Screen>
}
