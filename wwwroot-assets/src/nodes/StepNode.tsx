import { memo, useContext, useEffect, useRef, useState } from 'react';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { CanvasContext } from '../canvas/context';
import type { CanvasNode, ShownStep } from '../contract/wire';
import type { StepFlowNode } from '../graph/document';
import { INPUT_PORT, nodeHeight, portY } from '../graph/geometry';
import { captionOf, PINNED, stateIcons, stateWords } from '../graph/words';
import { Icon } from './Icon';

export const StepNode = memo(function StepNode({ data, selected }: NodeProps<StepFlowNode>) {
  const { step, status } = data;
  const { lod } = useContext(CanvasContext);
  const flash = useFinished(status);
  const style = { height: nodeHeight(step.outputs.length) };
  const tint = `ws-cat-${step.group}`;
  if (lod === 'block')
    return <div className={`ws-step ws-block ${tint}${selected ? ' is-selected' : ''}`} style={style}><Anchors step={step} /></div>;

  const classes = ['ws-step', tint, `is-${step.kind}`];
  if (status) classes.push(`st-${status.status}`);
  if (step.disabled) classes.push('is-disabled');
  if (selected) classes.push('is-selected');
  if (flash) classes.push('is-finished');
  if (step.outputs.length > 1)
    classes.push(step.outputs.some((p) => (p.label?.length ?? 0) > 5) ? 'has-ports has-wide-ports' : 'has-ports');
  return (
    <div className={classes.join(' ')} style={style}>
      <div className={`ws-card is-${lod}`}>
        <div className="ws-step-head">
          <span className="ws-tile"><Icon name={step.icon} /></span>
          {lod === 'full' && <span className="ws-step-type">{step.typeTitle}</span>}
          <Marks step={step} status={status} />
        </div>
        {lod === 'full' && (
          <div className="ws-step-body">
            <div className="ws-step-name">{step.name}</div>
            {step.summary && <div className="ws-step-summary">{step.summary}</div>}
          </div>
        )}
      </div>
      {lod === 'full' ? <Ports {...data} /> : <Anchors step={step} />}
      {lod === 'full' && status && <div className="ws-caption" title={captionOf(status)}>{captionOf(status)}</div>}
    </div>
  );
});

function Marks({ step, status }: { step: CanvasNode; status?: ShownStep }) {
  return (
    <span className="ws-marks">
      {status?.count && status.count > 1 ? <span className="ws-count">{status.count}×</span> : null}
      {step.problem && <span title={step.problem === 'error' ? 'Has an error' : 'Has a warning'}>
        <Icon name={step.problem} filled className={`ws-problem-${step.problem}`} />
      </span>}
      {step.pinned && <span title={PINNED}><Icon name="keep" filled className="ws-pinned" /></span>}
      {status && <span title={stateWords[status.status]}>
        <Icon name={stateIcons[status.status]} filled={status.status === 'done' || status.status === 'failed'} className="ws-state" />
      </span>}
    </span>
  );
}

function Ports({ step, freeOutputs, entered, crowded }: StepFlowNode['data']) {
  const { editable, requestNext } = useContext(CanvasContext);
  const free = freeOutputs.split('\n');
  return (
    <>
      {step.inputs && <Handle id={INPUT_PORT} type="target" position={Position.Left} style={{ top: portY(0) }}
        className={entered ? 'is-linked' : ''} />}
      {step.outputs.map((port, index) => {
        const isFree = free.includes(port.id);
        return (
          <div key={port.id} className="ws-port">
            {step.outputs.length > 1 && port.label && <span className="ws-port-label" style={{ top: portY(index) - 8 }}>{port.label}</span>}
            {isFree && editable && (
              <span className={`ws-stub nodrag nopan${crowded ? ' is-crowded' : ''}`} style={{ top: portY(index) - 10 }}>
                <button type="button" className="ws-plus" tabIndex={-1} aria-label={`Add a step after ${step.name}`}
                  onClick={(event) => { event.stopPropagation(); requestNext(step.id, port.id, event.currentTarget); }}>
                  <Icon name="add" />
                </button>
              </span>
            )}
            <Handle id={port.id} type="source" position={Position.Right} style={{ top: portY(index) }}
              className={isFree ? '' : 'is-linked'} />
          </div>
        );
      })}
    </>
  );
}

/** React Flow reads the ports from the page when a step appears; from far away these bare marks stand for the real ones. */
function Anchors({ step }: { step: CanvasNode }) {
  return (
    <>
      {step.inputs &&
        <div className="ws-anchor target" data-handleid={INPUT_PORT} data-handlepos={Position.Left} style={{ top: portY(0) - 5 }} />}
      {step.outputs.map((port, index) => (
        <div key={port.id} className="ws-anchor source" data-handleid={port.id} data-handlepos={Position.Right}
          style={{ top: portY(index) - 5 }} />
      ))}
    </>
  );
}

/** True for a moment after the step has finished before the reader's eyes, not when a finished step scrolls into view. */
function useFinished(status: ShownStep | undefined): boolean {
  const before = useRef(status?.status);
  const [flash, setFlash] = useState(false);
  useEffect(() => {
    const finished = status?.status === 'done' && (before.current === 'running' || before.current === 'waiting');
    before.current = status?.status;
    if (!finished) return;
    setFlash(true);
    const timer = setTimeout(() => setFlash(false), 800);
    return () => clearTimeout(timer);
  }, [status?.status]);
  return flash;
}
