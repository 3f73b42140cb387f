import { Panel, useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import type { CanvasCommand } from '../contract/wire';
import { Icon } from '../nodes/Icon';

const percentOf = (state: ReactFlowState) => Math.round(state.transform[2] * 100);
const MOVE = { duration: 160 };

interface Props {
  commands: ReadonlyMap<string, CanvasCommand>;
  onFit(): void;
  onTidy?: () => void;
}

export function ZoomBar({ commands, onFit, onTidy }: Props) {
  const flow = useReactFlow();
  const percent = useStore(percentOf);
  const actualSize = commands.get('actualSize');
  return (
    <Panel position="bottom-left" className="ws-zoombar" role="toolbar" aria-label="Zoom">
      <BarButton icon="remove" command={commands.get('zoomOut')} onClick={() => flow.zoomOut(MOVE)} />
      <button type="button" className="ws-zoom" title={actualSize?.title}
        aria-label={`Zoom ${percent} percent, set to ${actualSize?.words.toLowerCase()}`}
        onClick={() => flow.zoomTo(1, MOVE)}>{percent}%</button>
      <BarButton icon="add" command={commands.get('zoomIn')} onClick={() => flow.zoomIn(MOVE)} />
      <span className="ws-zoombar-line" />
      <BarButton icon="fit_screen" command={commands.get('showAll')} onClick={onFit} />
      {onTidy && <BarButton icon="account_tree" command={commands.get('tidy')} onClick={onTidy} />}
    </Panel>
  );
}

function BarButton({ icon, command, onClick }: { icon: string; command: CanvasCommand | undefined; onClick(): void }) {
  if (!command) return null; // this page does not do it
  return <button type="button" title={command.title} aria-label={command.words} onClick={onClick}><Icon name={icon} /></button>;
}
