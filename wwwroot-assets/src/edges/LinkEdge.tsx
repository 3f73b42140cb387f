import { memo, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { CanvasContext, DropLinkContext } from '../canvas/context';
import type { FlowLink } from '../graph/document';
import { HIT_WIDTH } from '../graph/routes';
import { routeOf } from '../routing/path';
import { plain } from '../routing/shapes';
import { Icon } from '../nodes/Icon';

const LINGER_MS = 600;

export const LinkEdge = memo(function LinkEdge({ id, sourceX, sourceY, targetX, targetY, selected, data }: EdgeProps<FlowLink>) {
  const { editable, lod, requestSplice } = useContext(CanvasContext);
  const accepts = useContext(DropLinkContext) === id;
  const hover = useLingeringHover();
  const { path, x, y } = data?.route ?? routeOf(plain({ from: { x: sourceX, y: sourceY }, to: { x: targetX, y: targetY } }));
  const classes = [
    'ws-link', data?.status ? `ln-${data.status}` : '', selected ? 'is-selected' : '', hover.over ? 'is-hovered' : '',
  ].join(' ');
  const at = { transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` };
  const count = data?.count && data.count > 1 ? data.count : undefined;
  const plus = hover.shown && editable && lod === 'full';
  return (
    <g onMouseEnter={hover.enter} onMouseLeave={hover.leave}>
      {accepts && <path d={path} className="ws-link-ribbon" />}
      <path d={path} className={classes} />
      {lod === 'full' &&
        <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={data?.hitWidth ?? HIT_WIDTH} />}
      {(plus || (count && lod === 'full')) && (
        <EdgeLabelRenderer>
          <div className="ws-link-middle nodrag nopan" style={at} onMouseEnter={hover.enter} onMouseLeave={hover.leave}>
            {plus
              ? <button type="button" className="ws-plus" tabIndex={-1} aria-label="Add a step here"
                  onClick={(event) => { event.stopPropagation(); requestSplice(id, x, y, event.currentTarget); }}>
                  <Icon name="add" />
                </button>
              : <span className="ws-chip">{count}</span>}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** What appears on hover stays long enough for the mouse to reach it. */
function useLingeringHover() {
  const [over, setOver] = useState(false);
  const [shown, setShown] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const enter = useCallback(() => {
    clearTimeout(timer.current);
    setOver(true);
    setShown(true);
  }, []);
  const leave = useCallback(() => {
    setOver(false);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setShown(false), LINGER_MS);
  }, []);
  return { over, shown, enter, leave };
}
