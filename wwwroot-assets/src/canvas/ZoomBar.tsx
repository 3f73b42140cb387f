import { Panel, useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import { Icon } from '../nodes/Icon';

const percentOf = (state: ReactFlowState) => Math.round(state.transform[2] * 100);
const MOVE = { duration: 160 };

export function ZoomBar({ onFit, onTidy }: { onFit(): void; onTidy?: () => void }) {
  const flow = useReactFlow();
  const percent = useStore(percentOf);
  return (
    <Panel position="bottom-left" className="ws-zoombar" role="toolbar" aria-label="Zoom">
      <BarButton icon="remove" label="Zoom out" keys="−" onClick={() => flow.zoomOut(MOVE)} />
      <button type="button" className="ws-zoom" title="Actual size (1)" aria-label={`Zoom ${percent} percent, set to actual size`} onClick={() => flow.zoomTo(1, MOVE)}>{percent}%</button>
      <BarButton icon="add" label="Zoom in" keys="+" onClick={() => flow.zoomIn(MOVE)} />
      <span className="ws-zoombar-line" />
      <BarButton icon="fit_screen" label="Show everything" keys="0" onClick={onFit} />
      {onTidy && <BarButton icon="account_tree" label="Tidy up" keys="Shift+Alt+T" onClick={onTidy} />}
    </Panel>
  );
}

function BarButton({ icon, label, keys, onClick }: { icon: string; label: string; keys: string; onClick(): void }) {
  return <button type="button" title={`${label} (${keys})`} aria-label={label} onClick={onClick}><Icon name={icon} /></button>;
}
