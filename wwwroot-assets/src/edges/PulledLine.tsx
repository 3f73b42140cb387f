import { Position, type ConnectionLineComponentProps } from '@xyflow/react';
import { routeLink } from '../graph/route';

/** The line while it is being pulled from a port, forwards or backwards. */
export function PulledLine({ fromX, fromY, toX, toY, fromPosition, connectionStatus }: ConnectionLineComponentProps) {
  const { path } = fromPosition === Position.Left
    ? routeLink({ sourceX: toX, sourceY: toY, targetX: fromX, targetY: fromY })
    : routeLink({ sourceX: fromX, sourceY: fromY, targetX: toX, targetY: toY });
  return <path d={path} className={`ws-link ws-pulled${connectionStatus === 'valid' ? ' is-valid' : ''}`} />;
}
